import { Writable } from 'node:stream'
import { createReceiver, type Logger, type ReceiverOptions, WebhookPermanentError } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { createFakeClock } from '@countersign/testing'
import pino from 'pino'
import { afterEach, describe, expect, it, vi } from 'vitest'
import winston from 'winston'
import {
  neverRuns,
  nowMs,
  secret,
  visibuildAttempt,
  visibuildDelivery,
} from '../support/visibuild-delivery.js'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

function setUp(options: Partial<ReceiverOptions> = {}) {
  const clock = createFakeClock({ now: nowMs })
  const receiver = createReceiver({ endpoint: 'tickets', scheme: visibuild(), secret, clock, ...options })
  return { clock, receiver }
}
const fail = () => {
  throw new TypeError('no such column')
}
const forged = visibuildDelivery({ signWith: 'another-secret-of-32-characters!' })

/** A stream for loggers that write JSON, and what was written into it. */
function collectJson() {
  const entries: Record<string, unknown>[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      entries.push(JSON.parse(chunk))
      done()
    },
  })
  return { entries, stream }
}

describe('a logger', () => {
  it('of pino gets the fields and the line', async () => {
    const { entries, stream } = collectJson()
    const { receiver } = setUp({ logger: pino({ base: null }, stream) })
    await receiver.receive({ ...visibuildDelivery(), url: '/hook?token=1', requestId: '7' }, fail)
    expect(entries).toEqual([
      expect.objectContaining({
        level: 50,
        msg: expect.stringMatching(
          /^countersign: "tickets": The handler failed: TypeError: no such column\./,
        ),
        endpoint: 'tickets',
        scheme: 'visibuild',
        event: 'ticket.created',
        id: 'delivery-1',
        attempt: 1,
        code: 'ERR_WEBHOOK_HANDLER_FAILED',
        method: 'POST',
        path: '/hook',
        requestId: '7',
        err: {
          name: 'WebhookHandlerError',
          code: 'ERR_WEBHOOK_HANDLER_FAILED',
          stack: expect.stringContaining('logger.test.ts'),
        },
      }),
    ])
  })

  it('of winston gets the line and the fields', async () => {
    const { entries, stream } = collectJson()
    const logger = winston.createLogger({ transports: [new winston.transports.Stream({ stream })] })
    const { receiver } = setUp({ logger })
    await receiver.receive(visibuildDelivery(), fail)
    await vi.waitFor(() => expect(entries).toHaveLength(1))
    expect(entries[0]).toMatchObject({
      level: 'error',
      message: expect.stringMatching(
        /^countersign: "tickets": The handler failed: TypeError: no such column\. .*\)$/,
      ),
      endpoint: 'tickets',
      code: 'ERR_WEBHOOK_HANDLER_FAILED',
    })
  })

  it('with error and warn alone gets text, with the stack below the line', async () => {
    const lines: unknown[][] = []
    const logger: Logger = { error: (...args) => lines.push(args), warn: (...args) => lines.push(args) }
    const { receiver } = setUp({ logger })
    await receiver.receive(visibuildDelivery(), fail)
    await receiver.receive(forged, neverRuns)
    expect(lines).toEqual([
      [expect.stringMatching(/^countersign: .*\)\nTypeError: no such column\n {4}at fail/)],
      [expect.stringMatching(/^countersign: "tickets": refused: .*\)$/)],
    ])
  })

  it('of the host is taken where the option names none', async () => {
    const host = { error: vi.fn(), warn: vi.fn() }
    const own = { error: vi.fn(), warn: vi.fn() }
    await setUp().receiver.receive({ ...visibuildDelivery(), logger: host }, fail)
    await setUp({ logger: own }).receiver.receive({ ...visibuildDelivery(), logger: host }, fail)
    expect([host.error, own.error].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
  })

  it('that throws, or rejects later, changes nothing, and the line goes to the console', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const full = () => {
      throw new Error('disk full')
    }
    for (const error of [full, () => Promise.reject(new Error('disk full'))]) {
      const { receiver } = setUp({ logger: { error, warn: error } })
      expect((await receiver.receive(visibuildDelivery(), fail)).response.status).toBe(500)
    }
    await vi.waitFor(() => expect(log).toHaveBeenCalledTimes(2))
  })

  it('that never ends is not waited for', async () => {
    const never = () => new Promise(() => {})
    const { receiver } = setUp({ logger: { error: never, warn: never } })
    expect((await receiver.receive(visibuildDelivery(), fail)).response.status).toBe(500)
  })

  it('that is false writes nothing, and a hook takes the place of its line alone', async () => {
    const spies = (['error', 'warn'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation(() => undefined),
    )
    const written = () => spies.flatMap(({ mock }) => mock.calls).length
    const silent = setUp({ logger: false })
    await silent.receiver.receive(visibuildDelivery(), fail)
    await silent.receiver.receive(forged, neverRuns)
    expect(written()).toBe(0)
    const hooked = setUp({ onFailed: () => undefined })
    await hooked.receiver.receive(visibuildDelivery(), fail)
    expect(written()).toBe(0)
    await hooked.receiver.receive(forged, neverRuns)
    expect(written()).toBe(1)
  })

  it.each(['pino', {}, { error: () => undefined }, null])('that is %j is refused at creation', (logger) => {
    expect(() => setUp({ logger: logger as never })).toThrow(/logger must have the methods error and warn/)
  })
})

describe('a flood of refusals', () => {
  const collect = () => {
    const lines: string[] = []
    const write = (line: unknown) => lines.push(String(line))
    return { lines, logger: { error: write, warn: write } }
  }

  it('is twenty lines a second in development, and one that counts the rest', async () => {
    vi.stubEnv('NODE_ENV', 'development')
    const { lines, logger } = collect()
    const { receiver, clock } = setUp({ logger })
    for (let count = 0; count < 10_000; count++) await receiver.receive(forged, neverRuns)
    expect(lines).toHaveLength(20)
    await clock.advance(1_000)
    expect(lines.slice(20)).toEqual([
      'countersign: "tickets": 9980 more requests refused in the last second: 9980 ERR_WEBHOOK_SIGNATURE_MISMATCH',
    ])
    await receiver.receive(forged, neverRuns)
    expect(lines).toHaveLength(22)
  })

  it('is one line of each code a minute elsewhere, and one that counts the rest', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    const { lines, logger } = collect()
    const { receiver, clock } = setUp({ logger })
    for (let count = 0; count < 5_000; count++) {
      await receiver.receive(forged, neverRuns)
      await receiver.receive(
        visibuildDelivery({ headers: { 'x-visibuild-signature': undefined } }),
        neverRuns,
      )
    }
    expect(lines).toHaveLength(2)
    await clock.advance(60_000)
    expect(lines[2]).toBe(
      'countersign: "tickets": 9998 more requests refused in the last minute: 4999 ERR_WEBHOOK_SIGNATURE_MISMATCH, 4999 ERR_WEBHOOK_HEADER_MISSING',
    )
    await clock.advance(600_000)
    expect(lines).toHaveLength(3)
    expect(clock.pendingTimers).toBe(0)
  })

  it('is counted with the next line where timers end with their request', async () => {
    const { lines, logger } = collect()
    const clock = createFakeClock({ now: nowMs })
    const { receiver } = setUp({
      logger,
      logRefusals: 'count',
      clock: { ...clock, setTimer: () => () => {} },
    })
    for (let count = 0; count < 3; count++) await receiver.receive(forged, neverRuns)
    await clock.advance(60_000)
    await receiver.receive(forged, neverRuns)
    expect(lines.map((line) => /^\S+ "tickets": (.*?) (requests|No)/.exec(line)?.[1])).toEqual([
      'refused:',
      '2 more',
      'refused:',
    ])
  })

  it('is silent with logRefusals: false, and failures are not', async () => {
    const { lines, logger } = collect()
    const { receiver } = setUp({ logger, logRefusals: false })
    await receiver.receive(forged, neverRuns)
    await receiver.receive(visibuildDelivery(), fail)
    expect(lines).toEqual([expect.stringContaining('The handler failed')])
  })

  it('of failures is bounded, too', async () => {
    const { lines, logger } = collect()
    const { receiver, clock } = setUp({ logger, exhaustAfter: false })
    for (let number = 1; number <= 100; number++) await receiver.receive(visibuildAttempt(number), fail)
    await clock.advance(1_000)
    expect(lines).toHaveLength(21)
    expect(lines[20]).toContain('80 more lines like those in the last second: 80 ERR_WEBHOOK_HANDLER_FAILED')
  })
})

describe('a line', () => {
  it('of a payload that a schema refuses is in none of the schema’s words, nor is that of the last attempt', async () => {
    const lines: string[] = []
    const write = (line: unknown) => lines.push(String(line))
    const validate = () => ({ issues: [{ message: 'found "private words"' }] })
    const schema = { '~standard': { version: 1, vendor: 'test', validate } } as never
    const { receiver } = setUp({ logger: { error: write, warn: write }, schema, exhaustAfter: 1 })
    expect((await receiver.receive(visibuildDelivery(), neverRuns)).type).toBe('exhausted')
    expect(lines).toEqual([
      expect.stringMatching(/"tickets": refused: [^\n]*ERR_WEBHOOK_PAYLOAD_INVALID/),
      expect.stringMatching(/"tickets": [^\n]*kept as failed[^\n]*\)$/),
    ])
    expect(lines.join()).not.toContain('private words')
  })

  it.each<[string, ReceiverOptions['secret'], string]>([
    ['the one that proved it', secret, secret],
    [
      'another of the list',
      [secret, 'the-secret-before-of-32-characters'],
      'the-secret-before-of-32-characters',
    ],
    ['one that a resolver found', async () => secret, secret],
    ['one in base64', secret, Buffer.from(secret).toString('base64')],
  ])('withholds a secret that an error repeats: %s', async (_, given, repeated) => {
    const error = vi.fn()
    const { receiver } = setUp({ secret: given, logger: { error, warn: () => undefined } })
    await receiver.receive(visibuildDelivery(), () => {
      throw new Error(`signed with ${repeated}`)
    })
    expect(error.mock.calls[0]?.[0]).toContain('signed with [withheld]')
    expect(error.mock.calls[0]?.[0]).not.toContain(repeated)
  })

  it.each([
    ['plain', '{"number":1}', 'could not handle [body]'],
    ['with a secret in it', JSON.stringify({ token: secret }), 'could not handle [body]'],
    ['with credentials in a URL', '{"url":"https://ada:pass@example.com"}', 'could not handle [body]'],
    ['too short: it would make holes in other text', '5', 'could not handle 5'],
  ])('withholds a body that an error repeats: %s', async (_, body, expected) => {
    const error = vi.fn()
    const { receiver } = setUp({ logger: { error, warn: () => undefined } })
    await receiver.receive(visibuildDelivery({ body }), () => {
      throw new Error(`could not handle ${body}`)
    })
    const line = String(error.mock.calls[0]?.[0])
    expect(line).toContain(expected)
    if (expected.endsWith('[body]')) expect(line).not.toContain(body)
  })

  it('of a failure for good has the stack of its own error', async () => {
    const error = vi.fn()
    const { receiver } = setUp({ logger: { error, warn: error } })
    await receiver.receive(visibuildDelivery(), () => {
      throw new WebhookPermanentError('no such ticket')
    })
    expect(error.mock.calls[0]?.[0]).toMatch(
      /for good: [^\n]*no such ticket[^\n]*\n[^\n]*no such ticket\n {4}at .*logger\.test\.ts/,
    )
  })

  it('cannot be forged or filled by what a stranger sends', async () => {
    const lines: string[] = []
    const write = (line: unknown) => lines.push(String(line))
    const { receiver } = setUp({ logger: { error: write, warn: write } })
    const url = `/hook\n2026 [error] forged\u2028${'a'.repeat(5_000)}?token=secret`
    await receiver.receive({ ...forged, url, requestId: 'x\r\ny' }, neverRuns)
    expect(lines[0]).not.toMatch(/[\r\n\u2028]/)
    expect(lines[0]?.length).toBeLessThan(1_000)
    expect(lines[0]).not.toContain('token=secret')
  })
})
