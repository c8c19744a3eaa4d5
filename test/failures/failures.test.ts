import { memoryStore, type ReceiverOptions, WebhookPermanentError } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { createFakeClock, createSender } from '@countersign/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { collectLines } from './collect-lines.js'
import { type Framework, frameworks } from './frameworks.js'
import { brokenStores } from './stores.js'

const secret = 'a-signing-secret-of-32-characters'
const scheme = visibuild()
const sender = createSender({ scheme, secret })
const body =
  '{"id":"event-1","type":"ticket.created","timestamp":"x","apiVersion":"1","data":{"private":"words"}}'
const sign = (parts: Parameters<typeof sender.sign>[0] = {}) => sender.sign({ body, ...parts })
const boom = () => {
  throw new TypeError(`no such column (${secret}, postgres://me:password@host/db)`)
}

let collected = collectLines()
beforeEach(() => {
  vi.stubEnv('NODE_ENV', 'production')
  collected = collectLines()
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

/** The only text that was logged: its line, and the stack below it. */
async function theText(): Promise<{ readonly line: string; readonly stack: readonly string[] }> {
  await vi.waitFor(() => expect(collected.texts).not.toHaveLength(0))
  expect(collected.texts).toHaveLength(1)
  const [text = ''] = collected.texts
  for (const secretOrBody of [secret, 'me:password', 'private', 'token=unseen'])
    expect(text).not.toContain(secretOrBody)
  const [line = '', ...stack] = text.split('\n')
  return { line, stack }
}

const options = (rest: Partial<ReceiverOptions> = {}): ReceiverOptions => ({
  endpoint: 'tickets',
  scheme,
  secret,
  store: memoryStore(),
  ...rest,
})
const start = (name: string, rest: Partial<ReceiverOptions>, handler: Parameters<Framework>[1]) => {
  const framework = frameworks[name] as Framework
  return framework(options(rest), handler, (line) => collected.print(line))
}
const where = /\(ERR_WEBHOOK_\w+, .*scheme visibuild, POST \/hook(, request \S+)?\)$/

describe.each(Object.keys(frameworks))('by default in %s, one line says', (name) => {
  test('that a handler threw, with its stack', async () => {
    const deliver = await start(name, {}, boom)
    expect(await deliver(sign())).toBe(500)
    const { line, stack } = await theText()
    const isRoute = /middleware|route/.test(name)
    expect(line).toMatch(/^error countersign: "tickets": The (handler failed|route (threw|answered 500))/)
    expect(line).toMatch(where)
    expect(line).toMatch(/ERR_WEBHOOK_HANDLER_FAILED, event ticket\.created, id \S+, attempt 1,/)
    if (isRoute) return
    expect(line).toContain('TypeError: no such column')
    expect(stack.join('\n')).toContain('failures.test.ts')
  })

  test('that a request was refused', async () => {
    const deliver = await start(name, {}, boom)
    for (let count = 0; count < 3; count++) expect(await deliver(sign({ omitProof: true }))).toBe(401)
    const { line, stack } = await theText()
    expect(line).toMatch(/^warn countersign: "tickets": refused: .*ERR_WEBHOOK_HEADER_MISSING/)
    expect(line).toMatch(where)
    expect(stack).toEqual([])
  })
})

describe.each(Object.entries(brokenStores))('with %s', (_, { create, says, code }) => {
  // PGlite takes seconds of processor time to start, and more while other suites run.
  test('one line says that the store failed, and what happens next', { timeout: 90_000 }, async () => {
    const deliver = await start(
      'node:http',
      { store: await create(), storeTimeoutMs: code.endsWith('TIMEOUT') ? 300 : 20_000 },
      boom,
    )
    expect(await deliver(sign())).toBe(503)
    const { line } = await theText()
    expect(line).toMatch(/^error countersign: "tickets": /)
    expect(line).toMatch(says)
    expect(line).toContain(code)
    expect(line).toContain('The delivery was answered 503; the sender retries.')
  })
})

describe('one line says', () => {
  test.each<[string, Partial<ReceiverOptions>, Parameters<Framework>[1], number, RegExp]>([
    [
      'that deferred work failed',
      {},
      ({ defer }) => defer(Promise.reject(new Error('later'))),
      200,
      /failed for good|kept as failed/,
    ],
    [
      'that a handler gave up for good',
      {},
      () => Promise.reject(new WebhookPermanentError('no such ticket')),
      200,
      /for good: .*no such ticket.*kept as failed/,
    ],
    ['that a handler threw null', {}, () => Promise.reject(null), 500, /null was thrown/],
    [
      'that a handler threw an error that is its own cause',
      {},
      () => Promise.reject(circular()),
      500,
      /Error: a: Error: b\./,
    ],
    [
      'that an event was given up before the sender switches the endpoint off',
      { exhaustAfter: 1 },
      boom,
      200,
      /kept as failed.*HANDLER_FAILED/,
    ],
    [
      'that a secret resolver failed',
      { secret: () => Promise.reject(new Error('vault is sealed')) },
      boom,
      503,
      /^error .*vault is sealed.*ERR_WEBHOOK_SECRET_UNAVAILABLE/,
    ],
    [
      'that a resolver knows no tenant',
      { secret: () => undefined },
      boom,
      401,
      /^warn .*ERR_WEBHOOK_TENANT_UNKNOWN/,
    ],
    [
      'that an authentic delivery was stale',
      { now: () => Date.now() + 3_600_000 },
      boom,
      401,
      /^warn .*ERR_WEBHOOK_TIMESTAMP_TOO_OLD/,
    ],
    ['that a clock is broken', { now: brokenLater() }, boom, 500, /^error .*now returned NaN/],
    [
      'that a body is too large',
      { maxBodyBytes: 10 },
      boom,
      413,
      /^warn .*maxBodyBytes.*ERR_WEBHOOK_BODY_TOO_LARGE/,
    ],
    [
      'that a schema refused the payload',
      { schema: refusing() as never },
      boom,
      400,
      /^warn .*ERR_WEBHOOK_PAYLOAD_INVALID/,
    ],
    ['that a hook threw', { onVerified: boom }, () => undefined, 200, /^warn .*The hook onVerified threw/],
  ])('%s', async (_, rest, handler, status, pattern) => {
    const deliver = await start('node:http', rest, handler)
    expect(await deliver(sign())).toBe(status)
    expect((await theText()).line).toMatch(pattern)
  })

  test('that a handler exceeded its time', async () => {
    const clock = createFakeClock({ now: Date.now() })
    let end = () => {}
    const deliver = await start(
      'createReceiver()',
      { clock, maxHandlerMs: 40_000 },
      () => new Promise<void>((resolve) => (end = resolve)),
    )
    const delivering = deliver(sign())
    await vi.waitFor(() => expect(clock.pendingTimers).toBeGreaterThan(0))
    for (let count = 0; count < 10; count++) await clock.advance(10_000)
    expect((await theText()).line).toMatch(/maxHandlerMs.*ERR_WEBHOOK_HANDLER_TIMEOUT/)
    end()
    await delivering
  })

  test('that an event is held', async () => {
    // The receiver's timers do not fire, as after a crash, but the store's time passes.
    const crashed = createFakeClock({ now: Date.now() })
    const time = createFakeClock()
    const store = memoryStore({ now: time.monotonic })
    const held = { clock: crashed, store, onExpiredLease: 'hold' } as const
    const deliver = await start('createReceiver()', held, () => new Promise(() => {}))
    void deliver(sign())
    await vi.waitFor(() => expect(store.size).toBe(1))
    await time.advance(31_000)
    expect(await deliver(sign({ timestamp: Date.now() + 1_000 }))).toBe(503)
    expect((await theText()).line).toMatch(/^error .*waits for you.*store forget/)
  })

  test('that one id arrived with two bodies', async () => {
    const deliver = await start('node:http', {}, () => undefined)
    expect(await deliver(sign())).toBe(200)
    expect(await deliver(sign({ body: body.replace('words', 'deeds') }))).toBe(200)
    expect((await theText()).line).toMatch(/^warn .*different body/)
  })

  test('that a body is not JSON, without quoting it', async () => {
    const deliver = await start('node:http', {}, boom)
    expect(await deliver(sign({ body: 'private words' }))).toBe(400)
    expect((await theText()).line).toMatch(
      /^warn .*refused: The body is not JSON\..*ERR_WEBHOOK_PAYLOAD_MALFORMED/,
    )
  })

  test('that a body was parsed before the webhook, in Express', async () => {
    const { default: express } = await import('express')
    const { webhook } = await import('@countersign/express')
    const { serve } = await import('../support/serve.js')
    const app = express()
    app.use(express.json())
    app.post('/hook', webhook(options()))
    const { url } = await serve(app)
    const { headers } = sign()
    const response = await fetch(`${url}/hook`, {
      method: 'POST',
      headers: Object.fromEntries(headers),
      body,
    })
    expect(response.status).toBe(500)
    expect((await theText()).line).toMatch(/^error .*express\.json\(\)/)
  })
})

function circular(): Error {
  const a = new Error('a')
  a.cause = new Error('b', { cause: a })
  return a
}

/** A clock that works when the receiver is created and fails later. */
function brokenLater(): () => number {
  let readings = 0
  return () => (readings++ < 2 ? Date.now() : Number.NaN)
}

function refusing() {
  return { '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: [{ message: 'no' }] }) } }
}
