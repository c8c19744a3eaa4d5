import { visibuild } from '@countersign/core/schemes'
import { describe, expect, test } from 'vitest'
import { type RunOptions, run, runJson } from './support/run.js'
import { serve, startReceiver, unreachableUrl } from './support/start-receiver.js'

const secret = 'canary-secret-0123456789abcdef'
const env = { SECRET: secret }
const asVisibuild = ['--scheme', 'visibuild', '--secret-env', 'SECRET']

const send = (args: readonly string[], options: RunOptions = {}) =>
  run(['send', ...args], { env, ...options })
const sendJson = (args: readonly string[], options: RunOptions = {}) =>
  runJson(['send', ...args], { env, ...options })

describe('send --retries', () => {
  test('walks the schedule until 2xx', async () => {
    const ids: unknown[] = []
    const url = await serve(({ headers }, response) => {
      ids.push(headers['x-visibuild-delivery'])
      response.writeHead(ids.length < 3 ? 500 : 200).end()
    })
    const { code, stdout } = await send([url, ...asVisibuild, '--retries', '--retries-within', '0.2'])
    expect(code).toBe(0)
    expect(stdout.trim().split('\n').slice(1)).toEqual([
      expect.stringMatching(/^attempt 1 at once: 500 in \d+ ms$/),
      expect.stringMatching(/^attempt 2 at \+30 s: 500 in \d+ ms$/),
      expect.stringMatching(/^attempt 3 at \+2 min 30 s: 200 in \d+ ms$/),
      'accepted at attempt 3 of 10',
    ])
    expect(new Set(ids).size).toBe(1)
  })

  test('gives up where the sender does', async () => {
    const url = await serve((_, response) => response.writeHead(500).end())
    const args = [url, '--scheme', 'slack', '--secret-env', 'SECRET', '--retries', '--retries-within', '0.1']
    const { code, json } = await sendJson(args)
    expect(code).toBe(1)
    expect(json).toMatchObject({ of: 4, ok: false })
    expect(json.attempts.map(({ afterSeconds }: { afterSeconds: number }) => afterSeconds)).toEqual([
      0, 0, 60, 300,
    ])
  })

  test('ends with 3 where nobody ever answered', async () => {
    const args = ['--scheme', 'slack', '--secret-env', 'SECRET', '--retries', '--retries-within', '0.1']
    const { code, stdout } = await send([await unreachableUrl(), ...args])
    expect(code).toBe(3)
    expect(stdout).toContain('attempt 4 at +5 min: no answer: nothing listens there')
  })

  test('says that a sender has no schedule', async () => {
    const args = ['http://127.0.0.1:1/', '--secret-env', 'SECRET', '--retries']
    expect(await send([...args, '--scheme', 'github'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"github" never retries by itself'),
    })
    expect(await send([...args, '--scheme', 'stripe'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"stripe" publishes no retry schedule'),
    })
  })

  test('ends with Ctrl-C, and prints the summary so far', async () => {
    const controller = new AbortController()
    const url = await serve((_, response) => {
      response.writeHead(500).end()
      setTimeout(() => controller.abort(), 20)
    })
    const { code, stdout } = await send([url, ...asVisibuild, '--retries'], {
      interrupted: controller.signal,
    })
    expect(code).toBe(130)
    expect(stdout).toMatch(/^attempt 1 at once: 500/m)
  })
})

describe('send --count', () => {
  test('sends many, each its own, and sums up', async () => {
    const { url, handled } = await startReceiver({ scheme: visibuild(), secret })
    const { code, stdout, stderr } = await send([url, ...asVisibuild, '--count', '30'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(
      /^30 events, each with its own id in the body at \/id\n30 deliveries in [\d.]+ s, \d+ per second\n {2}200: 30\n {2}latency: p50 \d+ ms, /,
    )
    expect(new Set(handled).size).toBe(30)
  })

  test('keeps a rate, and never more at once than it may', async () => {
    let [open, most] = [0, 0]
    const url = await serve((_, response) => {
      open += 1
      most = Math.max(most, open)
      setTimeout(() => {
        open -= 1
        response.end()
      }, 5)
    })
    const { json } = await sendJson([
      url,
      ...asVisibuild,
      '--count',
      '20',
      '--rate',
      '100',
      '--concurrency',
      '3',
    ])
    expect(json).toMatchObject({ sent: 20, statuses: { 200: 20 }, ok: true })
    expect(json.seconds).toBeGreaterThan(0.185)
    expect(most).toBeLessThanOrEqual(3)
  })

  test('counts what was refused, and what nobody answered', async () => {
    let count = 0
    const url = await serve((request, response) => {
      count += 1
      if (count % 4 === 0) request.socket.destroy()
      else response.writeHead(count % 4 === 1 ? 503 : 200).end()
    })
    const { code, json } = await sendJson([url, ...asVisibuild, '--count', '12'])
    expect(code).toBe(1)
    expect(json).toMatchObject({
      sent: 12,
      statuses: { 200: 6, 503: 3 },
      failures: { 'the connection was closed before an answer': 3 },
      ok: false,
    })
    expect(json.latencyMs.max).toBeGreaterThanOrEqual(json.latencyMs.p50)
  })

  test('of forgeries each must be refused', async () => {
    const { url } = await startReceiver({ scheme: visibuild(), secret })
    const { code, stdout } = await send([url, ...asVisibuild, '--count', '5', '--forge'])
    expect([code, stdout]).toEqual([0, expect.stringContaining('all refused, as they must be')])
  })

  test('shows a bar on a terminal, and takes it away', async () => {
    const { url } = await startReceiver({ scheme: visibuild(), secret })
    const { stderr } = await send([url, ...asVisibuild, '--count', '3'], { isTTY: true })
    expect(stderr).toContain('3/3')
    expect(stderr.endsWith('\u001b[?25h') || stderr.includes('\u001b[?25h')).toBe(true)
  })

  test('ends with 3 where nobody answers at all', async () => {
    const { code, stdout } = await send([await unreachableUrl(), ...asVisibuild, '--count', '3'])
    expect(code).toBe(3)
    expect(stdout).toContain('no answer, nothing listens there: 3')
  })

  test('stops with Ctrl-C, and sums up what was answered', async () => {
    const controller = new AbortController()
    let count = 0
    const url = await serve((_, response) => {
      count += 1
      if (count <= 5) response.end()
      else controller.abort()
    })
    const { code, json } = await sendJson([url, ...asVisibuild, '--count', '1000', '--concurrency', '1'], {
      interrupted: controller.signal,
    })
    expect(code).toBe(130)
    expect(json).toMatchObject({ sent: 5, statuses: { 200: 5 } })
  })
})
