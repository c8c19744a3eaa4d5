import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Scheme, verify } from '@countersign/core'
import { readCapture, writeCapture } from '@countersign/diagnosis'
import { createSender } from '@countersign/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compile } from '../../../test/support/compile.js'
import { run, runJson } from './support/run.js'

const secret = 'acme-secret-0123456789abcdef'
const env = { ACME: secret, OTHER: 'another-secret-0123456789' }
const withSecret = ['--secret-env', 'ACME']
const signedAt = 1_767_225_600
const clock = ['--now', String(signedAt + 10)]

const acme = {
  name: 'acme',
  signature: { algorithm: 'hmac-sha512', header: 'X-Acme-Signature', encoding: 'base64', prefix: 'v1=' },
  signedContent: '{id}:{timestamp}:{body}',
  timestamp: { header: 'X-Acme-Timestamp', unit: 's' },
  deliveryId: { header: 'X-Acme-Delivery' },
} as const
const quoted = {
  ...acme,
  signedContent: '{method}\n{url}\n{timestamp}\n{body}',
  url: "https://shop.example.com/it's/$here`?x=1",
} as const

let folder: string

// In the package, so that what is pasted finds what it imports.
beforeAll(async () => {
  folder = await mkdtemp(join(import.meta.dirname, 'discovered-'))
  await save('delivery.http', acme, 'd-1')
  await save('second.http', acme, 'd-2', 'd-9')
  await save('quoted.json', quoted, 'd-1')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A second header with the same id is what one capture cannot tell from the first. */
async function save(name: string, scheme: Scheme, id: string, otherId = id): Promise<void> {
  const sender = createSender({ scheme, secret, now: () => signedAt * 1000 })
  const { url = 'https://shop.example.com/hooks' } = scheme
  const headers = { host: 'shop.example.com', 'X-Acme-Event-Id': otherId }
  const request = sender.sign({ id, url, headers, payload: { order: id, note: 'Zoë' } })
  const lines = request.headers.map(([header, value]) => `${header}: ${value}\r\n`).join('')
  const text = name.endsWith('.json')
    ? writeCapture({ ...request, notes: [] }, { keepHeaders: request.headers.map(([header]) => header) })
    : `POST ${new URL(url).pathname} HTTP/1.1\r\n${lines}\r\n${Buffer.from(request.body)}`
  await writeFile(join(folder, name), text)
}

const discover = (...args: readonly string[]) => run(['discover', ...args], { env, cwd: folder })

describe('what is printed', () => {
  test('is a module that compiles and verifies the capture', { timeout: 30_000 }, async () => {
    for (const [capture, name] of [
      ['delivery.http', 'plain'],
      ['quoted.json', 'quoted'],
    ] as const) {
      const { code, stdout, stderr } = await discover(capture, ...withSecret)
      expect([code, stderr]).toEqual([0, ''])

      const file = join(folder, `${name}.ts`)
      await writeFile(file, stdout)
      const { acmeScheme }: { acmeScheme: Scheme } = await import(/* @vite-ignore */ file)
      const { method, url, headers, body } = readCapture(await readFile(join(folder, capture)))
      const options = { scheme: acmeScheme, secret, now: () => signedAt * 1000 }
      await expect(verify({ method, url, headers, body }, options)).resolves.toMatchObject({
        scheme: 'acme',
        timestamp: signedAt * 1000,
      })
      await expect(verify({ method, url, headers, body: body.slice(1) }, options)).rejects.toThrow()
    }

    const both = join(folder, 'both.ts')
    await writeFile(both, "export * as plain from './plain.js'\nexport * as quoted from './quoted.js'\n")
    expect(compile(both)).toEqual([])
  })

  test('says how it was found, and what fits as well', async () => {
    const { stdout } = await discover('delivery.http', ...withSecret)

    expect(stdout.split('\n')[0]).toBe(
      '// "X-Acme-Signature" holds the hmac-sha512 of "{id}:{timestamp}:{body}" in base64. verify() accepts the capture with it.',
    )
    expect(stdout).toContain(
      '// Another scheme verifies as well; more captures tell them apart. What differs:\n',
    )
    expect(stdout).toContain('\n//   deliveryId: {"header":"X-Acme-Event-Id"}\n')
  })

  test('of two captures is what fits both', async () => {
    const { code, stdout } = await discover('delivery.http', 'second.http', ...withSecret)

    expect(code).toBe(0)
    expect(stdout).toContain('verify() accepts all 2 captures with it.')
    expect(stdout).toContain("  deliveryId: { header: 'X-Acme-Delivery' },\n")
    expect(stdout).not.toContain('Another scheme')
  })

  test('where nothing is found is what was tried, and what it may be', async () => {
    const { code, stdout, stderr } = await discover(
      'delivery.http',
      '--secret-env',
      'OTHER',
      '--budget',
      '0.2',
    )

    expect([code, stderr]).toEqual([1, ''])
    expect(stdout).toMatch(
      /^nothing found; tried [\d,]+ contents with \d readings? of the secret against \d possible signatures?: [\d,]+ MACs in 0\.\d s\n- /,
    )
    expect(stdout).toContain('another secret')
    expect(stdout).toContain('countersign explain')
  })
})

describe('a signature with a private key', () => {
  const discord = () =>
    discover('--header', 'X-Signature-Ed25519: 00ff', '--header', 'X-Signature-Timestamp: 1', ...withSecret)

  test('is told at once, with why no secret is found and where to go', async () => {
    const { code, stdout, stderr } = await discord()

    expect([code, stderr]).toEqual([1, ''])
    expect(stdout).toMatch(/^not searched: no shared secret makes this signature\n- "X-Signature-Ed25519"/)
    expect(stdout).toContain('as Discord signs')
    expect(stdout).toContain('docs/schemes/custom-scheme.md')
  })

  test('is named for machines', async () => {
    const args = ['discover', '--header', 'PAYPAL-AUTH-ALGO: SHA256withRSA', ...withSecret]

    expect(await runJson(args, { env, cwd: folder })).toMatchObject({
      code: 1,
      json: { candidates: [], asymmetric: { header: 'PAYPAL-AUTH-ALGO', kind: 'RSA', sender: 'PayPal' } },
    })
  })
})

describe('for machines', () => {
  test('the candidates, and nothing else', async () => {
    const { code, json, stderr } = await runJson(['discover', 'delivery.http', ...withSecret], {
      env,
      cwd: folder,
    })

    expect([code, stderr]).toEqual([0, ''])
    expect(Object.keys(json)).toEqual(['candidates'])
    expect(json.candidates).toHaveLength(2)
    expect(json.candidates[0]).toEqual({
      scheme: acme,
      unknown: [
        'signature.list',
        'deliveryId',
        'eventType',
        'toleranceSeconds',
        'retries',
        'respondWithin',
        'disablesAfter',
      ],
    })
  })

  test('no candidates where nothing is found', async () => {
    const args = ['discover', 'delivery.http', '--secret-env', 'OTHER', '--budget', '0.1']

    expect(await runJson(args, { env, cwd: folder })).toEqual({
      code: 1,
      json: { candidates: [] },
      stderr: '',
    })
  })
})

describe('--save', () => {
  test.each(['delivery.http', 'quoted.json'])('writes what --scheme takes: %s', async (capture) => {
    expect((await discover(capture, ...withSecret, '--save', 'saved.json')).code).toBe(0)

    const args = ['verify', capture, '--scheme', 'saved.json', ...withSecret, ...clock]
    expect((await run(args, { env, cwd: folder })).stdout).toMatch(/^accepted: /)
    const forged = ['verify', capture, '--scheme', 'saved.json', '--secret-env', 'OTHER', ...clock]
    expect((await run(forged, { env, cwd: folder })).code).toBe(1)
  })

  test('writes nothing where nothing is found', async () => {
    const args = ['delivery.http', '--secret-env', 'OTHER', '--budget', '0.1', '--save', 'none.json']

    expect((await discover(...args)).code).toBe(1)
    await expect(readFile(join(folder, 'none.json'))).rejects.toThrow('ENOENT')
  })

  test('says what it left out: a secret in the URL that is signed', async () => {
    const url = `https://shop.example.com/hooks?key=${secret}`
    await save('secret.json', { ...quoted, url }, 'd-1')

    const { code, stderr } = await discover('secret.json', ...withSecret, '--save', 'secret-scheme.json')

    expect(code).toBe(0)
    expect(stderr).toContain('the secret is part of the scheme and was left out of "secret-scheme.json"')
    expect(await readFile(join(folder, 'secret-scheme.json'), 'utf8')).not.toContain(secret)
  })
})

describe('the URL', () => {
  test('that the sender was given is given with --url', async () => {
    const behindProxy = createSender({ scheme: quoted, secret, now: () => signedAt * 1000 })
    const { headers, body } = behindProxy.sign({ payload: { order: 1 } })
    await writeFile(join(folder, 'body.json'), body)
    const byHand = headers.flatMap(([name, value]) => ['--header', `${name}: ${value}`])

    const { code, stdout } = await discover(
      ...byHand,
      '--body-file',
      'body.json',
      '--url',
      quoted.url,
      ...withSecret,
    )

    expect(code).toBe(0)
    expect(stdout).toContain("url: 'https://shop.example.com/it\\'s/")
  })
})

describe('bad input is one line', () => {
  test.each([
    [['delivery.http'], 'no secret'],
    [['delivery.http', ...withSecret, '--secret-env', 'OTHER'], 'discover takes one secret'],
    [['delivery.http', '--secret-env', 'EMPTY'], 'the secret is empty'],
    [['delivery.http', '--secret-env', 'UNSET'], 'UNSET is not set'],
    [['missing.http', ...withSecret], 'there is no such file'],
    [[...withSecret], 'no capture'],
    [['plain.txt', ...withSecret], 'plain.txt'],
    [['delivery.http', ...withSecret, '--budget', 'x'], '--budget'],
  ])('%j', async (args, words) => {
    await writeFile(join(folder, 'plain.txt'), 'just some words\n')

    const { code, stdout, stderr } = await run(['discover', ...args], {
      env: { ...env, EMPTY: '' },
      cwd: folder,
    })

    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(words)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  test('Ctrl-C ends the search', async () => {
    const interruption = new AbortController()
    const running = run(['discover', 'delivery.http', '--secret-env', 'OTHER'], {
      env,
      cwd: folder,
      interrupted: interruption.signal,
    })
    setTimeout(() => interruption.abort(), 50)

    expect(await running).toMatchObject({ code: 130, stdout: '' })
  })
})
