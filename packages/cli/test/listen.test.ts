import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { github, scratcher, visibuild } from '@countersign/core/schemes'
import { readCapture } from '@countersign/diagnosis'
import { createSender, sendRequest, tamperBody } from '@countersign/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { run } from './support/run.js'
import { startListener } from './support/start-listener.js'
import { serve } from './support/start-receiver.js'

const secret = 'canary-secret-0123456789abcdef'
const env = { SECRET: secret }
const asVisibuild = ['--scheme', 'visibuild', '--secret-env', 'SECRET']
const sender = createSender({ scheme: visibuild(), secret })
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-listen-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const listen = (args: readonly string[] = []) =>
  startListener([...asVisibuild, ...args], { env, cwd: folder })
const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
const saved = () =>
  readdirSync(join(folder, 'captures'))
    .sort()
    .map((name) => ({
      name,
      text: readFileSync(join(folder, 'captures', name), 'utf8'),
    }))

describe('listen', () => {
  test('shows each delivery: valid, duplicate, conflict, refused', async () => {
    const { url, stdout, ended } = await listen(['--count', '4'])
    const delivery = sender.sign({ url, id: 'a-1', event: 'ticket.created' })
    const { headers, body } = delivery
    const statuses = [
      await sendRequest(delivery),
      await sendRequest(delivery),
      await sendRequest(sender.sign({ url, body: Buffer.concat([body, Buffer.from(' ')]), id: 'a-1' })),
      await sendRequest(tamperBody({ ...delivery, headers })),
    ].map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 200, 401])
    expect(await ended).toBe(1)
    const lines = stdout()
      .split('\n')
      .filter((line) => !line.startsWith('  '))
    expect(lines).toEqual([
      expect.stringMatching(/^listening on http:\/\/127\.0\.0\.1:\d+ for visibuild; press Ctrl-C to stop$/),
      expect.stringMatching(/^\d\d:\d\d:\d\d valid 200 ticket\.created, id a-1$/),
      expect.stringMatching(/^\d\d:\d\d:\d\d duplicate 200 ticket\.created, id a-1$/),
      expect.stringMatching(/^\d\d:\d\d:\d\d conflict 200 ticket\.created, id a-1$/),
      expect.stringMatching(/^\d\d:\d\d:\d\d refused 401 ERR_WEBHOOK_SIGNATURE_MISMATCH$/),
      '4 deliveries, 1 refused',
      '',
    ])
  })

  test('explains what it refuses', async () => {
    const { url, stdout, ended } = await listen(['--json', '--once'])
    await sendRequest(sender.sign({ url, secret: `${secret}\n` }))
    expect(await ended).toBe(1)
    const [line] = linesOf(stdout())
    expect(line).toMatchObject({
      verdict: 'refused',
      status: 401,
      code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH',
      explanation: { verdict: 'explained', findings: [{ target: 'secret', level: 'proof' }] },
    })
    expect(stdout()).not.toContain(secret)
  })

  test('prints what to change', async () => {
    const { url, stdout, ended } = await listen(['--once'])
    await sendRequest(sender.sign({ url, secret: `${secret}\n` }))
    await ended
    expect(stdout()).toMatch(/^ {2}proof: secret\..+: .+$/m)
  })

  test('with --json prints one line for each, and its URL on stderr', async () => {
    const { url, stdout, stderr, ended } = await listen(['--json', '--count', '2'])
    const delivery = sender.sign({ url, id: 'b-2', event: 'ticket.created' })
    for (let time = 0; time < 2; time++) await sendRequest(delivery)
    expect(await ended).toBe(0)
    expect(linesOf(stdout())).toEqual(
      ['valid', 'duplicate'].map((verdict) => ({
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        verdict,
        status: 200,
        event: 'ticket.created',
        id: 'b-2',
        attempt: verdict === 'valid' ? 1 : null,
        secret: 'SECRET',
        code: null,
        bytes: delivery.body.length,
        explanation: null,
        saved: null,
      })),
    )
    expect(stderr()).toContain(`listening on ${url} for visibuild`)
  })

  test('answers with the status of --answer, so that the sender retries', async () => {
    const { url, stdout, interrupt } = await listen(['--answer', '503'])
    const args = ['send', url, ...asVisibuild, '--retries', '--retries-within', '0.1', '--id', 'c-3']
    const { stdout: sent } = await run(args, { env })
    expect(sent).toMatch(/^attempt 10 at .*: 503/m)
    await vi.waitFor(() => expect(stdout().match(/valid 503 /g)).toHaveLength(10))
    expect(await interrupt()).toBe(130)
    expect(stdout()).toMatch(/^10 deliveries, 0 refused$/m)
  })

  test('answers without a body where the status has none', async () => {
    const { url, ended } = await listen(['--answer', '204', '--once'])
    expect(await sendRequest(sender.sign({ url }))).toMatchObject({ status: 204, body: '' })
    expect(await ended).toBe(0)
  })

  test('saves captures that verify reads', async () => {
    const { url, ended } = await listen(['--save', 'captures', '--count', '2'])
    const headers = { cookie: 'a=canary-cookie', authorization: 'Bearer canary-token', 'x-other': 'canary' }
    await sendRequest(sender.sign({ url: `${url}/hooks?a=1&access_token=canary-in-the-url`, headers }))
    await sendRequest(sender.sign({ url, secret: 'of somebody else, long enough' }))
    await ended
    const [valid, refused] = saved()
    expect([valid?.name, refused?.name]).toEqual([
      expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z-valid\.json$/),
      expect.stringMatching(/-refused\.json$/),
    ])
    expect(valid?.text).not.toMatch(/canary/)
    const capture = readCapture(Buffer.from(valid?.text ?? ''))
    expect(capture.url).toBe(`${url}/hooks?a=1&access_token=withheld`)
    expect(capture.headers.map(([name]) => name.toLowerCase()).sort()).toEqual([
      'content-length',
      'content-type',
      'host',
      'x-visibuild-delivery',
      'x-visibuild-event',
      'x-visibuild-signature',
      'x-visibuild-timestamp',
    ])
    const path = join(folder, 'captures', valid?.name ?? '')
    expect((await run(['verify', path, ...asVisibuild], { env })).code).toBe(0)
  })

  test('never saves a token or credentials, right or wrong', async () => {
    const credentials = 'operator:canary-password-0123456789'
    const own = { BASIC: credentials, SECRET: secret }
    const basic = await startListener(
      ['--scheme', 'scratcher', '--secret-env', 'BASIC', '--save', 'captures', '--once'],
      { env: own, cwd: folder },
    )
    await sendRequest(createSender({ scheme: scratcher(), secret: credentials }).sign({ url: basic.url }))
    await basic.ended
    const scheme = join(folder, 'query.json')
    const byQuery = scratcher({ proof: 'token', query: 'tok' })
    writeFileSync(scheme, JSON.stringify(byQuery))
    for (const token of [secret, 'canary-of-somebody-else']) {
      const listener = await startListener(
        ['--scheme', 'query.json', '--secret-env', 'SECRET', '--save', 'captures', '--once'],
        { env: own, cwd: folder },
      )
      await sendRequest(createSender({ scheme: byQuery, secret: token }).sign({ url: listener.url }))
      await listener.ended
      expect(listener.stdout()).not.toMatch(/canary/)
    }
    expect(saved()).toHaveLength(3)
    const texts = saved().map(({ text }) => text)
    for (const text of texts) expect(text).not.toMatch(/canary|authorization"\s*,|YW5hcnk/i)
    expect(texts.filter((text) => text.includes('?tok=withheld'))).toHaveLength(2)
  })

  test('two within a millisecond are two files', async () => {
    const { url, ended } = await listen(['--save', 'captures', '--count', '20'])
    await Promise.all(Array.from({ length: 20 }, () => sendRequest(sender.sign({ url }))))
    expect(await ended).toBe(0)
    expect(saved()).toHaveLength(20)
  })

  test('limits the body, and reports what it could not save', async () => {
    const { url, stdout, ended } = await startListener(
      ['--scheme', 'github', '--secret-env', 'SECRET', '--save', 'captures', '--json', '--count', '2'],
      { env, cwd: folder },
    )
    const gitHub = createSender({ scheme: { ...github(), maxBodyBytes: 30_000_000 }, secret })
    const answer = await sendRequest(gitHub.sign({ url, body: Buffer.alloc(27_000_000) }))
    expect(answer.status).toBe(413)
    await sendRequest(gitHub.sign({ url, headers: { 'content-encoding': 'gzip' } }))
    expect(await ended).toBe(1)
    expect(linesOf(stdout())).toMatchObject([
      { code: 'ERR_WEBHOOK_BODY_TOO_LARGE', bytes: null, saved: null },
      { code: 'ERR_WEBHOOK_BODY_ENCODED', status: 415, saved: expect.stringContaining('captures') },
    ])
  })

  test('takes what is no HTTP, a lost sender and a stranger’s characters calmly', async () => {
    const { url, stdout, stderr, ended } = await listen(['--count', '2'])
    const { port } = new URL(url)
    await new Promise((resolve) =>
      connect(Number(port), '127.0.0.1').end('\x16\x03\x01\n\n').on('close', resolve).resume(),
    )
    const lost = connect(Number(port), '127.0.0.1')
    lost.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc')
    await vi.waitFor(() => expect(lost.bytesWritten).toBeGreaterThan(0))
    setTimeout(() => lost.destroy(), 20)
    // A busy machine takes longer than the second that is the default.
    await vi.waitFor(() => expect(stdout()).toContain('refused'), { timeout: 20_000 })
    await sendRequest(sender.sign({ url, event: 'a\u202eb' }))
    expect(await ended).toBe(1)
    expect(stderr()).toContain('note: received bytes that are not HTTP')
    expect(stdout()).not.toMatch(/\u202e|\u00e2\u0080\u00ae/)
  })

  test.each([
    [['--answer', '100'], '--answer'],
    [['--once', '--count', '2'], 'not both'],
    [['--port', '65536'], '--port'],
    [['--url', 'nothing'], '--url'],
    [['--save', 'file/below'], 'cannot create the folder'],
  ])('refuses %j in one line', async (args, message) => {
    writeFileSync(join(folder, 'file'), '')
    const { code, stdout, stderr } = await run(['listen', ...asVisibuild, ...args], { env, cwd: folder })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  test('says that a port is taken, and that a secret is none', async () => {
    const { port } = new URL(await serve(() => {}))
    expect(await run(['listen', ...asVisibuild, '--port', port], { env })).toMatchObject({
      code: 2,
      stderr: `countersign: port ${port} is in use; choose another with --port, or any free one with --port 0\n`,
    })
    expect(await run(['listen', ...asVisibuild], { env: { SECRET: ' ' } })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('The secret is empty'),
    })
  })

  test('ends with Ctrl-C', async () => {
    const { interrupt, stdout } = await listen()
    expect(await interrupt()).toBe(130)
    expect(stdout()).toMatch(/^listening on .*\n$/)
  })
})
