import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run, runJson } from './support/run.js'

const env = { S: 'visibuild-secret-0123456789abcdef', OLD: 'visibuild-secret-of-last-year-0123' }
const at = ['--now', '1767225600']
const options = ['--scheme', 'visibuild', '--secret-env', 'S']
let folder: string
let delivery: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-verify-'))
  const signed = await run(['sign', ...options, ...at, '--id', '0190-1', '--url', 'https://a.example/x'], {
    env,
  })
  delivery = signed.stdout
  await writeFile(join(folder, 'delivery.http'), delivery)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('an accepted capture', () => {
  test('is printed check by check, with details', async () => {
    const args = ['verify', 'delivery.http', ...options, '--now', '1767225610']
    const { code, stdout, stderr } = await run(args, { env, cwd: folder })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toBe(`accepted: POST with a body of 341 bytes, scheme visibuild
  method     passed
  length     passed
  headers    passed
  signature  passed  with the secret S
  timestamp  passed  2026-01-01T00:00:00Z, 10 s old
  payload    passed  event ticket.status_changed
  identity   passed  id 0190-1; repetitions are recognised
`)
  })

  test('is JSON with --json', async () => {
    const args = ['verify', '-', ...options, '--now', '1767225599.5', '--secret-env', 'OLD']
    const { code, json } = await runJson(args, { env, stdin: delivery })
    expect(code).toBe(0)
    expect(json).toEqual({
      verdict: 'accepted',
      code: null,
      authentic: true,
      checks: ['method', 'length', 'headers', 'signature', 'timestamp', 'payload', 'identity'].map(
        (check) => ({
          check,
          passed: true,
          detail: null,
        }),
      ),
      delivery: {
        scheme: 'visibuild',
        event: 'ticket.status_changed',
        id: '0190-1',
        timestamp: '2026-01-01T00:00:00Z',
        ageSeconds: -0.5,
        secretId: 'S',
        deduplicated: true,
      },
      hints: [],
    })
  })

  test('may be given as headers and a body', async () => {
    const end = delivery.indexOf('\r\n\r\n')
    await writeFile(join(folder, 'body.json'), delivery.slice(end + 4))
    const headers = delivery
      .slice(0, end)
      .split('\r\n')
      .slice(1)
      .flatMap((header) => ['--header', header])
    const args = ['verify', ...headers, '--body-file', 'body.json', ...options, ...at]
    expect((await run(args, { env, cwd: folder })).code).toBe(0)
    expect((await run([...args, '--method', 'GET'], { env, cwd: folder })).code).toBe(1)
  })
})

describe('a refused capture', () => {
  const verify = (text: string, ...more: string[]) =>
    run(['verify', '-', ...options, ...more], { env, stdin: text })

  test('is printed with the failed check and the next command', async () => {
    const { code, stdout } = await verify(delivery.replace('Crack', 'crack'), ...at)
    expect(code).toBe(1)
    expect(
      stdout,
    ).toBe(`refused: ERR_WEBHOOK_SIGNATURE_MISMATCH: POST with a body of 341 bytes, scheme visibuild
  method     passed
  length     passed
  headers    passed
  signature  failed  No secret gives this signature for these bytes: another secret, or a body changed on its way.
  timestamp  -       not checked
  payload    -       not checked
  identity   -       not checked
Run \`countersign explain\` with the same options to find out why.
`)
  })

  test('that is authentic but old says so', async () => {
    const { json } = await runJson(['verify', '-', ...options, '--now', '1767229200'], {
      env,
      stdin: delivery,
    })
    expect(json).toMatchObject({
      verdict: 'refused',
      code: 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
      authentic: true,
      delivery: null,
    })
    expect((await verify(delivery, '--now', '1767229200', '--tolerance', '3600')).code).toBe(0)
  })

  test('that is too large for the receiver is verified all the same', async () => {
    const { stdout } = await verify(delivery, ...at, '--max-body-bytes', '100')
    expect(stdout).toMatch(/^ {2}length {5}failed {2}The body has more than 100 bytes/m)
    expect(stdout).toMatch(/^ {2}signature {2}passed/m)
  })
})

test('what reading the capture showed is printed as notes', async () => {
  const lines = await run(['verify', '-', ...options, ...at], {
    env,
    stdin: `${delivery.replaceAll('\r\n', '\n')}\n`,
  })
  expect(lines.code).toBe(0)
  expect(lines.stdout).toContain('\nnote: the header lines end with LF instead of CRLF')
  expect(lines.stdout).toContain('\nnote: one line end after the body')
})

test('control characters of a stranger do not reach the terminal', async () => {
  const body = JSON.stringify({ id: '1', type: '\u001b[31mred', timestamp: 1 })
  await writeFile(join(folder, 'red.json'), body)
  const signed = await run(['sign', ...options, ...at, '--body-file', 'red.json'], { env, cwd: folder })
  const { code, stdout } = await run(['verify', '-', ...options, ...at], { env, stdin: signed.stdout })
  expect(code).toBe(0)
  expect(stdout).toContain('event ?[31mred')
  expect(stdout).not.toContain('\u001b')
})

test('on a terminal the verdict has colours, and none with NO_COLOR', async () => {
  const args = ['verify', '-', ...options, ...at]
  const coloured = await run(args, { env, stdin: delivery, isTTY: true })
  expect(coloured.stdout).toContain('\u001b[32maccepted\u001b[39m')
  const plain = await run(args, { env: { ...env, NO_COLOR: '1' }, stdin: delivery, isTTY: true })
  expect(plain.stdout).not.toContain('\u001b')
})

describe('a scheme in a file that signs its URL', () => {
  const scheme = {
    name: 'my-sender',
    signature: { algorithm: 'hmac-sha256', header: 'x-signature', encoding: 'hex' },
    signedContent: '{method} {url} {body}',
  }
  const args = ['--scheme', 'scheme.json', '--secret-env', 'S']

  test("takes the capture's, unless it names one or --url does", async () => {
    await writeFile(join(folder, 'scheme.json'), JSON.stringify(scheme))
    const signed = await run(['sign', ...args, '--url', 'https://a.example/x?b'], { env, cwd: folder })
    const verify = (...more: string[]) =>
      run(['verify', '-', ...args, ...more], { env, cwd: folder, stdin: signed.stdout })
    expect((await verify()).stdout).toMatch(/^accepted/)
    expect((await verify('--url', 'https://b.example/x?b')).stdout).toMatch(
      /^refused: ERR_WEBHOOK_SIGNATURE_MISMATCH/,
    )
    await writeFile(join(folder, 'scheme.json'), JSON.stringify({ ...scheme, url: 'https://c.example/' }))
    expect((await verify()).stdout).toMatch(/^refused/)
  })
})

test('of a file with several requests one is chosen', async () => {
  const one = { headers: {}, body: 'a' }
  await writeFile(join(folder, 'many.json'), JSON.stringify([one, one]))
  const verify = (...more: string[]) =>
    run(['verify', 'many.json', ...options, ...more], { env, cwd: folder })
  expect(await verify()).toMatchObject({
    code: 2,
    stderr: 'countersign: many.json: the file has 2 requests; choose one by its number (1, 2) with --entry\n',
  })
  expect((await verify('--entry', '2')).code).toBe(1)
  expect((await verify('--entry', '3')).stderr).toContain('there is no entry 3')
})

test('a body of 50 MB is verified in a few seconds', async () => {
  const body = Buffer.alloc(50_000_000, 'a')
  const signed = await run(
    ['sign', '--scheme', 'github', '--secret-env', 'S', '--body-file', '-', '--format', 'headers'],
    {
      env,
      stdin: body,
    },
  )
  const headers = signed.stdout
    .trim()
    .split('\n')
    .flatMap((header) => ['--header', header])
  const args = ['verify', ...headers, '--body-file', '-', '--scheme', 'github', '--secret-env', 'S']
  const { json } = await runJson(args, { env, stdin: body })
  expect(json).toMatchObject({ code: 'ERR_WEBHOOK_BODY_TOO_LARGE', authentic: true })
})
