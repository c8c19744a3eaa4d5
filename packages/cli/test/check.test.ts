import { visibuild } from '@countersign/core/schemes'
import { describe, expect, test } from 'vitest'
import { findCanary } from './canary/find-canary.js'
import { run, runJson } from './support/run.js'
import { serve, startReceiver, unreachableUrl } from './support/start-receiver.js'

const secret = 'check-secret-0123456789abcdef'
const env = { SECRET: secret }
const scheme = ['--scheme', 'visibuild', '--secret-env', 'SECRET']
const short = ['--only', 'refuses-forged,refuses-stale,leaks-nothing']

const start = () => startReceiver({ scheme: visibuild(), secret, bodyTimeoutMs: 200 })
/** Answers 204 to everything. */
const startCareless = () =>
  serve((request, response) => void request.resume().on('end', () => response.writeHead(204).end()))

test('a sound receiver: each property in a line, a summary, and 0', async () => {
  const { url } = await start()
  const { code, stdout, stderr } = await run(['check', url, ...scheme, ...short], { env })
  expect(stderr).toBe('')
  expect(stdout.replace(/in \d+ ms/, 'in N ms')).toBe(`${url} (visibuild)

✔ accepts-valid             answered 200 in N ms
✔ refuses-forged            refused 4 requests (401)
✔ refuses-stale             refused 2 requests (401)
✔ leaks-nothing             searched 9 answers

4 properties hold, none failed
`)
  expect(code).toBe(0)
})

test('a careless one: the fault, what to do, and 1', async () => {
  const url = await startCareless()
  const { code, stdout } = await run(['check', url, ...scheme, ...short], { env })
  expect(stdout).toContain(
    '✘ refuses-forged            accepts-forged: accepted: a signature with another key (204), ',
  )
  expect(stdout).toContain(
    '\n                            Verify the signature, and answer 401 if it does not match.\n',
  )
  expect(stdout).toContain('\n2 of 4 properties failed: accepts-forged, accepts-stale\n')
  expect(code).toBe(1)
})

test('--json gives the report', async () => {
  const url = await startCareless()
  const { code, json, stderr } = await runJson(['check', url, ...scheme, ...short], { env })
  expect(json).toMatchObject({ receiver: `${url} (visibuild)`, passed: false })
  expect(json.properties[1]).toEqual({
    property: 'refuses-forged',
    verdict: 'fail',
    fault: 'accepts-forged',
    evidence: expect.stringContaining('(204)'),
    advice: expect.stringContaining('401'),
  })
  expect(stderr).toBe('')
  expect(code).toBe(1)
})

test('what was not tried is printed in one line', async () => {
  const url = await serve((_request, response) => void response.writeHead(404).end())
  const { code, stdout } = await run(['check', url, ...scheme], { env })
  expect(stdout).toMatch(/✘ accepts-valid +not-found: answered a valid delivery: 404\n/)
  expect(stdout).toMatch(
    /\n\? answers-in-time +skipped: no valid delivery is accepted\n {2}likewise 33 others\n/,
  )
  expect(code).toBe(1)
})

describe('how often the handler ran', () => {
  const once = ['--only', 'handles-once']

  test.each<[string, (count: number) => string]>([
    ['a number', (count) => `${count}\n`],
    ['JSON', (count) => JSON.stringify({ handled: count, other: 1 })],
  ])('--handled-url answers %s', async (_what, write) => {
    const { url, handled } = await start()
    const countUrl = await serve((_request, response) => void response.end(write(handled.length)))
    const args = ['check', url, ...scheme, ...once, '--handled-url', countUrl]
    const { code, stdout } = await run(args, { env })
    expect(stdout).toContain('the handler ran 1 time for 3 deliveries of one event')
    expect(code).toBe(0)
  })

  test('--handled-command prints it', async () => {
    const { url, handled } = await start()
    const countUrl = await serve((_request, response) => void response.end(String(handled.length)))
    const program = `fetch('${countUrl}').then((response) => response.text()).then(console.log)`
    const command = `"${process.execPath}" -e "${program}"`
    const { code, stdout } = await run(['check', url, ...scheme, ...once, '--handled-command', command], {
      env,
    })
    expect(stdout).toContain('the handler ran 1 time for 3 deliveries of one event')
    expect(code).toBe(0)
  })

  test.each([
    [
      'exit 7',
      /^countersign: --handled-command exited with 7 and printed no number; it must return how many/,
    ],
    ['echo many', /^countersign: --handled-command printed no number; it must return how many/],
  ])('--handled-command "%s" is reported', async (command, message) => {
    const { url } = await start()
    const { code, stderr } = await run(['check', url, ...scheme, '--handled-command', command], { env })
    expect(stderr).toMatch(message)
    expect(stderr.trim()).not.toContain('\n')
    expect(code).toBe(2)
  })

  test.each([
    [404, 'none', 'answered 404; it must return'],
    [200, 'none', 'answered 200 without a number; it must return'],
    [302, '', 'cannot be reached'],
  ])('--handled-url that answers %i "%s" is reported', async (status, text, message) => {
    const { url } = await start()
    const countUrl = await serve(
      (_request, response) => void response.writeHead(status, { location: '/' }).end(text),
    )
    const { code, stderr } = await run(['check', url, ...scheme, '--handled-url', countUrl], { env })
    expect(stderr).toContain(`--handled-url ${message}`)
    expect(code).toBe(status === 302 ? 3 : 2)
  })
})

test('nobody answers: one line, and 3', async () => {
  const url = await unreachableUrl()
  const { code, stderr } = await run(['check', url, ...scheme], { env })
  expect(stderr).toBe(`countersign: no receiver answers at ${url} (ECONNREFUSED); is it running?\n`)
  expect(code).toBe(3)
})

test.each<[string, string[], string]>([
  ['another machine', ['http://192.0.2.1/'], '"192.0.2.1" is not this machine; add --allow-remote'],
  [
    'another machine that counts',
    ['http://127.0.0.1:9/', '--handled-url', 'http://192.0.2.1/'],
    '"192.0.2.1" is not this machine',
  ],
  [
    'two ways to count',
    ['http://127.0.0.1:9/', '--handled-url', 'http://127.0.0.1/', '--handled-command', 'x'],
    'not both',
  ],
  ['two secrets', ['http://127.0.0.1:9/', '--secret-env', 'SECRET'], 'check takes one secret'],
  [
    'a name that is none',
    ['http://127.0.0.1:9/', '--only', 'refuses-all'],
    'There is no property "refuses-all"',
  ],
  ['two formats', ['http://127.0.0.1:9/', '--json', '--format', 'tap'], 'not both'],
  [
    'a strange format',
    ['http://127.0.0.1:9/', '--format', 'xml'],
    'Allowed choices are text, json, junit, tap',
  ],
  ['no payload', ['http://127.0.0.1:9/', '--payload', 'nowhere.json'], 'there is no such file'],
])('%s is refused in one line', async (_what, args, message) => {
  const { code, stdout, stderr } = await run(['check', ...args, ...scheme], { env })
  expect(stderr).toContain(message)
  expect(stderr.trim()).not.toContain('\n')
  expect(stdout).toBe('')
  expect(code).toBe(2)
})

test('Ctrl-C ends it', async () => {
  const interruption = new AbortController()
  const url = await serve(() => interruption.abort())
  const { code, stderr } = await run(['check', url, ...scheme], { env, interrupted: interruption.signal })
  expect(stderr).toBe('countersign: interrupted\n')
  expect(code).toBe(130)
})

test('the help warns, and lists the properties', async () => {
  const { code, stdout } = await run(['check', '--help'])
  expect(stdout.replace(/\s+/g, ' ')).toContain('Valid deliveries run its handler: use a test system')
  expect(stdout).toContain('refuses-stale             refuses a delivery older than the tolerance')
  expect(code).toBe(0)
})

describe('the secret is in no output', () => {
  const canary = 'canary/+=&"é 0123456789'
  const named = ['--scheme', 'visibuild', '--secret-env', 'SECRET']
  const expectClean = (written: string) =>
    expect(findCanary(Buffer.from(written), Buffer.from(canary))).toEqual([])

  test.each(['text', 'json', 'junit', 'tap'])('as %s, wherever the receiver shows it', async (format) => {
    const url = await serve((request, response) => {
      const text = `${canary} ${encodeURIComponent(canary)} ${Buffer.from(canary).toString('base64')}`
      request
        .resume()
        .on('end', () => response.writeHead(200, { 'x-shown': encodeURIComponent(canary) }).end(text))
    })
    const args = ['check', url, ...named, '--skip', 'ends-stalled-body,ends-slow-head,limits-body']
    const { code, stdout, stderr } = await run([...args, '--format', format], { env: { SECRET: canary } })
    expect(stdout).toContain('leaks-secret')
    expectClean(stdout + stderr)
    expect(code).toBe(1)
  })

  test.each<[string, string[]]>([
    ['nobody answers', [`http://127.0.0.1:9/${encodeURIComponent(canary)}`]],
    ['the machine is another', [`http://192.0.2.1/${encodeURIComponent(canary)}`]],
    ['it is in an option', ['http://127.0.0.1:9/', '--only', canary]],
    ['it is a file', ['http://127.0.0.1:9/', '--payload', canary]],
    ['it is the format', ['http://127.0.0.1:9/', '--format', canary]],
    ['it is the URL', [canary]],
  ])('where %s', async (_what, args) => {
    const { code, stdout, stderr } = await run(['check', ...args, ...named], { env: { SECRET: canary } })
    expectClean(stdout + stderr)
    expect([2, 3]).toContain(code)
  })
})
