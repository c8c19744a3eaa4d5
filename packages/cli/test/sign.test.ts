import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from './support/run.js'

const env = {
  S: 'sender-secret-0123456789abcdef',
  STANDARD: `whsec_${Buffer.from('standard-webhooks-secret-0123456789').toString('base64')}`,
  BASIC: 'sender:password-0123456789',
}
const at = ['--now', '1767225600']
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-sign-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const sign = (...args: string[]) => run(['sign', ...at, ...args], { env, cwd: folder })

describe.each([
  ['visisto', 'S'],
  ['embeddable', 'S'],
  ['visibuild', 'S'],
  ['standard-webhooks', 'STANDARD'],
  ['github', 'S'],
  ['stripe', 'S'],
  ['slack', 'S'],
  ['shopify', 'S'],
])('what is signed for %s', (scheme, secret) => {
  const options = ['--scheme', scheme, '--secret-env', secret]

  test.for(['http', 'json'])('as %s is verified', async (format) => {
    const { code, stdout, stderr } = await sign(
      ...options,
      '--format',
      format,
      '--url',
      'https://a.example/x?y=1',
    )
    expect([code, stderr]).toEqual([0, ''])
    const verified = await run(['verify', '-', ...options, ...at], { env, stdin: stdout })
    expect([verified.code, verified.stdout.split(':', 1)]).toEqual([0, ['accepted']])
  })

  test('as a file is verified', async () => {
    const signed = await sign(...options, '--output', `${scheme}.http`)
    expect(signed).toEqual({ code: 0, stdout: '', stderr: '' })
    const verified = await run(['verify', `${scheme}.http`, ...options, ...at], { env, cwd: folder })
    expect(verified.code).toBe(0)
  })
})

describe.each([
  ['fingerprinting-api', 'S', 'a token'],
  ['scratcher', 'BASIC', 'Basic credentials'],
])('the proof of %s is the secret', (scheme, secret, kind) => {
  test.for(['http', 'json', 'curl', 'headers'])('and is withheld from %s', async (format) => {
    const { code, stdout, stderr } = await sign(
      '--scheme',
      scheme,
      '--secret-env',
      secret,
      '--format',
      format,
    )
    expect(code).toBe(0)
    expect(stdout).toContain('[withheld]')
    expect(stdout).not.toContain(env[secret as keyof typeof env])
    expect(stdout).not.toContain(Buffer.from(env[secret as keyof typeof env]).toString('base64'))
    expect(stderr).toBe(
      `countersign: the proof of "${scheme}" is ${kind}, which is the secret itself, and was withheld; "countersign send" sends it\n`,
    )
  })

  test('so that what was printed is refused, with the reason', async () => {
    const options = ['--scheme', scheme, '--secret-env', secret]
    const signed = await sign(...options)
    const { code, stdout } = await run(['verify', '-', ...options], { env, stdin: signed.stdout })
    expect(code).toBe(1)
    expect(stdout).toContain('note: values of headers were withheld when the capture was saved')
  })
})

const github = ['--scheme', 'github', '--secret-env', 'S', '--id', '1']

test('the very bytes of a file are sent, those of a form, or a payload', async () => {
  await writeFile(join(folder, 'body.bin'), Buffer.from([0x7b, 0, 0xff, 0x0a]))
  const saved = await sign(...github, '--body-file', 'body.bin', '--output', 'saved.http')
  expect(saved.code).toBe(0)
  const bytes = await readFile(join(folder, 'saved.http'))
  expect([...bytes.subarray(-4)]).toEqual([0x7b, 0, 0xff, 0x0a])
  expect((await sign(...github, '--form', 'a=1 2', '--form', 'b==')).stdout).toMatch(/\r\n\r\na=1\+2&b=%3D$/)
  await writeFile(join(folder, 'payload.json'), '{ "a": 1 }')
  expect((await sign(...github, '--payload', 'payload.json', '--event', 'ping')).stdout).toMatch(
    /X-GitHub-Event: ping\r\n[\s\S]*\r\n\r\n{"a":1}$/i,
  )
})

test('on a terminal the prompt begins a new line', async () => {
  const { stdout } = await run(['sign', ...at, ...github], { env, isTTY: true })
  expect(stdout).toMatch(/}\n$/)
})

test('the headers alone are one a line', async () => {
  const { stdout } = await sign(...github, '--event', 'ping', '--format', 'headers', '--header', 'X-A: b')
  expect(stdout).toMatch(/^content-type: application\/json\n(x-[\w-]+: .*\n){4}$/i)
})

describe('the command line for curl', () => {
  const hostile = `it's "$HOME" \`id\` \\ & %41 {a,b} [1-3] é\n@x`

  test('gives curl exactly what was signed', async () => {
    await writeFile(join(folder, 'hostile.txt'), `@${hostile}`)
    const url = "https://a.example/x?q='[1-2]{a,b}&b=$HOME"
    const { stdout } = await sign(
      ...[
        ...github,
        '--body-file',
        'hostile.txt',
        '--url',
        url,
        '--header',
        "X-Odd: a'b $HOME",
        '--format',
        'curl',
      ],
    )
    const args = await argumentsOf(stdout)
    expect(args.slice(0, 4)).toEqual(['-X', 'POST', url, '--globoff'])
    expect(args.slice(-2)).toEqual(['--data-raw', `@${hostile}`])
    const headers = args.flatMap((arg, index) => (args[index - 1] === '-H' ? [arg] : []))
    expect(headers).toContain("X-Odd: a'b $HOME")
    expect(headers.find((header) => /^x-hub-signature-256: sha256=[0-9a-f]{64}$/i.test(header))).toBeDefined()
  })

  test('pipes a body that is no text', async () => {
    const body = Buffer.from([0, 0xff, 0x0a, 0x27])
    await writeFile(join(folder, 'body.bin'), body)
    const { stdout } = await sign(...github, '--body-file', 'body.bin', '--format', 'curl')
    expect(await argumentsOf(stdout)).toContain('@-')
    const script = `curl() { cat; }\n${stdout}`
    const { stdout: piped } = await promisify(execFile)('sh', ['-c', script], { encoding: 'buffer' })
    expect(piped).toEqual(body)
  })

  test('of a delivery without a body has none', async () => {
    const args = await argumentsOf((await sign(...github, '--body-file', '-', '--format', 'curl')).stdout)
    expect(args.join(' ')).not.toContain('--data')
  })
})

/** What a shell would give curl. */
async function argumentsOf(command: string): Promise<readonly string[]> {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`
  const { stdout } = await promisify(execFile)('sh', ['-c', script])
  return stdout.split('\0').slice(0, -1)
}
