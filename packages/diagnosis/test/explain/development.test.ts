import type { Clock, ReceiverOptions } from '@countersign/core'
import { webhookHandler } from '@countersign/core/node'
import { type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import { createSender, type SignedRequest, sendRequest } from '@countersign/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { serve } from '../../../conformance/test/adapter-contract/support/serve.js'
import type { ExplainModule } from '../../../core/src/explain/explanation.js'
import { loadExplain } from '../../../core/src/explain/load-explain.js'
import * as explainModule from '../../src/index.js'

vi.mock('../../../core/src/explain/load-explain.js', () => ({ loadExplain: vi.fn() }))

const secret = 'canary-secret-0123456789-abcdefghijk'
/** The wall's time; but nobody waits a second between two diagnoses. */
const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(callback, ms) {
    const timer = setTimeout(() => {
      underWay.delete(timer)
      callback()
    }, ms / 20)
    underWay.add(timer)
    return () => {
      underWay.delete(timer)
      clearTimeout(timer)
    }
  },
}
/** Timers and searches: one test's must not count as another's, since a process explains one refusal at a time. */
const underWay = new Set<unknown>()

const payload = { id: 'evt-1', type: 'ticket.created', data: { note: 'private words of a customer', n: 1 } }
const compact = JSON.stringify(payload)
const indented = JSON.stringify(payload, undefined, 2)
const sender = createSender({ scheme: visibuild(), secret })
const header = 'X-Visibuild-Signature'
const withBody = (request: SignedRequest, body: string) => ({ ...request, body: Buffer.from(body) })
const renamed = ({ headers, ...request }: SignedRequest, name: string) => ({
  ...request,
  headers: headers.map(([given, value]) => [given === header ? name : given, value] as const),
})

const stops: (() => Promise<void>)[] = []
beforeEach(() => {
  vi.stubEnv('NODE_ENV', 'development')
  // The receiver's idea of the search against what there is.
  const real: ExplainModule = explainModule
  const explain: ExplainModule['explain'] = async (capture, options) => {
    expect(options.budgetMs).toBe(250)
    // On a machine that runs all tests at once, that may be no time at all.
    const search = real.explain(capture, { ...options, budgetMs: 3_000 })
    underWay.add(search)
    return search.finally(() => underWay.delete(search))
  }
  vi.mocked(loadExplain).mockReset().mockReturnValue({ explain })
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await vi.waitFor(() => expect(underWay.size).toBe(0), { timeout: 4_500 })
  for (const stop of stops.splice(0)) await stop()
})

/** A receiver behind real HTTP, and the lines of its log. */
async function start(options: Partial<ReceiverOptions<VisibuildEvent>> = {}) {
  const lines: string[] = []
  const settings = { endpoint: 'tickets', scheme: visibuild(), secret, clock, explain: true, ...options }
  const listener = webhookHandler(
    { ...settings, onWarning: (line) => void lines.push(line) },
    () => undefined,
  )
  const { origin, stop } = await serve(listener)
  stops.push(stop)
  return {
    send: (request: SignedRequest) => sendRequest({ ...request, url: `${origin}/hooks` }),
    log: async () => {
      await vi.waitFor(() => expect(lines).not.toEqual([]), { timeout: 4_500 })
      return lines
    },
    lines,
  }
}

/** What may never be in a log: the secret however it is written, any signature, and the body. */
function whatIsSecret(request: SignedRequest): readonly string[] {
  const bytes = Buffer.from(secret)
  const [, signature = ''] = request.headers.find(([name]) => name === header) ?? []
  const right = sender.sign({ body: request.body, timestamp: 0 }).headers.find(([name]) => name === header)
  return [
    secret,
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
    encodeURIComponent(secret),
    bytes.join(','),
    ...[signature, right?.[1] ?? ''].map((value) => value.replace('sha256=', '')).filter(Boolean),
    'private words',
  ]
}

const refused = 'countersign: "tickets": refused'
const mismatch = `${refused} (ERR_WEBHOOK_SIGNATURE_MISMATCH)`
const cases: readonly (readonly [name: string, request: () => SignedRequest, first: RegExp])[] = [
  [
    'a body that was re-serialised on its way',
    () => withBody(sender.sign({ body: indented }), compact),
    new RegExp(`^${escaped(mismatch)}: proof: body\\.\\S+ \\(body\\): \\S`),
  ],
  [
    'a secret with a line feed behind it',
    () => sender.sign({ body: compact, secret: Buffer.from(`${secret}\n`) }),
    new RegExp(`^${escaped(mismatch)}: proof: secret\\.\\S+ \\(secret\\): \\S`),
  ],
  [
    'a body that nothing explains',
    () => withBody(sender.sign({ body: compact }), compact.replace('words', 'deeds')),
    new RegExp(`^${escaped(mismatch)}: (hint: \\S+ \\(\\w+\\): \\S|.*npx countersign explain)`),
  ],
  [
    'a delivery of an hour ago',
    () => sender.sign({ body: compact, timestamp: Date.now() - 3_600_000 }),
    new RegExp(`^${escaped(refused)} \\(ERR_WEBHOOK_TIMESTAMP_TOO_OLD\\): \\S`),
  ],
  [
    'a signature in another header, for which the body is not read',
    () => renamed(sender.sign({ body: compact }), 'X-Signature'),
    new RegExp(
      `^${escaped(refused)} \\(ERR_WEBHOOK_HEADER_MISSING\\): hint: \\S+ \\(header\\): .*X-Signature`,
    ),
  ],
]

describe('over real HTTP, with the real search', () => {
  test.each(cases)('%s is explained in the log, and nothing else is in it', async (_, make, first) => {
    const request = make()
    const { send, log } = await start()
    expect((await send(request)).status).toBe(401)
    const lines = await log()
    expect(lines[0]).toMatch(first)
    expect(whatIsSecret(request).filter((text) => lines.join('\n').includes(text))).toEqual([])
  })

  test.each(cases)('%s is answered as without it', async (_, make) => {
    const request = make()
    const answers = []
    for (const explain of [true, false]) {
      const { status, body, headers } = await (await start({ explain })).send(request)
      const { date, ...others } = headers
      answers.push({ status, body, headers: others })
    }
    expect(answers[0]).toEqual(answers[1])
  })

  test('the secret of a tenant is the one that is tried', async () => {
    const ofTenant = (url: string) => (url === '/hooks' ? { tenant: 'one', secret } : undefined)
    const { send, log } = await start({ secret: ({ url }) => ofTenant(url) })
    await send(withBody(sender.sign({ body: indented }), compact))
    expect((await log())[0]).toMatch(cases[0]?.[2] ?? /never/)
  })

  test('outside development nothing is loaded, and the log says so once', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    const { send, lines } = await start()
    expect((await send(withBody(sender.sign({ body: indented }), compact))).status).toBe(401)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(loadExplain).not.toHaveBeenCalled()
    expect(lines).toEqual([expect.stringMatching(/explain: true is off, since NODE_ENV is "production"/)])
  })
})

function escaped(text: string): string {
  return text.replace(/[()]/g, '\\$&')
}
