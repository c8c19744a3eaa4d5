import {
  createReceiver,
  type HeadersInput,
  type ReceiverOptions,
  type WebhookRequest,
} from '@countersign/core'
import { customScheme, scratcher, type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import { createFakeClock } from '@countersign/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ExplainModule, Finding } from '../../src/explain/explanation.js'
import { loadExplain } from '../../src/explain/load-explain.js'
import { neverRuns, nowMs, secret, visibuildDelivery } from '../support/visibuild-delivery.js'

vi.mock('../../src/explain/load-explain.js', () => ({ loadExplain: vi.fn() }))

const proof: Finding = {
  cause: 'body.trailing-newline-added',
  target: 'body',
  level: 'proof',
  advice: 'Take the newline away.',
}
const hint: Finding = {
  cause: 'secret.other',
  target: 'secret',
  level: 'hint',
  advice: 'Compare the secrets.',
}
const explain = vi.fn<ExplainModule['explain']>()
/** By then every answer has left; the search is done, and its pause is over. */
const answerMs = 100
const turnMs = answerMs + 1_000

const answered = (
  findings: readonly Finding[],
  verdict: 'valid' | 'explained' | 'unexplained' = 'explained',
) => explain.mockResolvedValueOnce({ verdict, findings, searchedWhole: true })

beforeEach(() => {
  vi.stubEnv('NODE_ENV', 'development')
  vi.mocked(loadExplain).mockReset().mockReturnValue({ explain })
  explain.mockReset().mockResolvedValue({ verdict: 'explained', findings: [proof], searchedWhole: true })
})
afterEach(() => void vi.unstubAllEnvs())

function setUp(options: Partial<ReceiverOptions<VisibuildEvent>> = {}) {
  const clock = createFakeClock({ now: nowMs })
  const onWarning = vi.fn<(message: string) => void>()
  const receiver = createReceiver({
    endpoint: 'tickets',
    scheme: visibuild(),
    secret,
    clock,
    explain: true,
    logRefusals: false,
    onWarning,
    ...options,
  })
  const refuse = async (request: WebhookRequest) => {
    const outcome = await receiver.receive(request, neverRuns)
    expect(outcome.type).toBe('refused')
    return outcome
  }
  return { receiver, refuse, clock, lines: () => onWarning.mock.calls.map(([line]) => line) }
}

const bySecret = (): string => secret
const forged = (parts = {}) => visibuildDelivery({ signWith: 'another-secret-of-32-characters!', ...parts })

describe('the diagnosis of a refused delivery', () => {
  it('is one line with the proof', async () => {
    const { refuse, clock, lines } = setUp()
    answered([proof, hint])
    await refuse(forged())
    await clock.advance(turnMs)
    expect(lines()).toEqual([
      'countersign: "tickets": refused (ERR_WEBHOOK_SIGNATURE_MISMATCH): proof: body.trailing-newline-added (body): Take the newline away.',
    ])
  })

  it('says of a custom scheme that its own verifier refused, and needs nothing to be installed', async () => {
    vi.mocked(loadExplain).mockReturnValue(undefined)
    const scheme = customScheme<VisibuildEvent>({ name: 'acme', verify: () => false })
    const { refuse, clock, lines } = setUp({ scheme })
    await refuse(forged())
    await clock.advance(turnMs)
    expect(lines()).toEqual([
      expect.stringMatching(
        /^countersign: "tickets": refused \(ERR_WEBHOOK_SIGNATURE_MISMATCH\): The scheme's own verifier refused it/,
      ),
    ])
    expect(explain).not.toHaveBeenCalled()
  })

  it('is three hints at the most where nothing is proved, under the scheme’s name where the endpoint has none', async () => {
    const { refuse, clock, lines } = setUp({ endpoint: undefined as never })
    answered([hint, hint, hint, hint], 'unexplained')
    await refuse(forged())
    await clock.advance(turnMs)
    const line =
      'countersign: "visibuild": refused (ERR_WEBHOOK_SIGNATURE_MISMATCH): hint: secret.other (secret): Compare the secrets.'
    expect(lines()).toEqual([line, line, line])
  })

  it('says where to search on when nothing was found', async () => {
    const { refuse, clock, lines } = setUp()
    answered([], 'unexplained')
    await refuse(forged())
    await clock.advance(turnMs)
    expect(lines()).toEqual([
      expect.stringMatching(/MISMATCH\): No secret gives .*npx @countersign\/cli explain/),
    ])
  })

  it('is searched for in the request as it came, with the secrets, time and tolerance of the receiver', async () => {
    const scheme = visibuild()
    const secrets = ['the-first-secret-of-32-characters', { id: 'old', value: Buffer.from('b'.repeat(32)) }]
    const { refuse, clock } = setUp({ scheme, secret: secrets, toleranceSeconds: { past: 60, future: 5 } })
    const { body, headers } = forged()
    const pairs = [
      ...Object.entries(headers),
      ['Host', 'shop.example.com'],
      ['X-Twice', 'a'],
      ['X-Twice', 'b'],
    ]
    const request = {
      method: 'POST',
      url: '/in?a=1',
      headers: pairs as HeadersInput,
      body: async () => body as Uint8Array,
    }
    await refuse(request)
    await clock.advance(turnMs)
    expect(explain).toHaveBeenCalledExactlyOnceWith(
      { method: 'POST', url: 'https://shop.example.com/in?a=1', headers: pairs, body, notes: [] },
      {
        scheme,
        secrets: [
          { id: '0', value: secrets[0] },
          { id: 'old', value: Buffer.from('b'.repeat(32)) },
        ],
        now: nowMs,
        toleranceSeconds: { past: 60, future: 5 },
        budgetMs: 250,
      },
    )
  })

  it('reads headers from a Headers object and from a record with lists alike', async () => {
    const { refuse, clock } = setUp()
    const { body, headers, method } = forged()
    const asked = () => explain.mock.calls.at(-1)?.[0]
    const url = 'https://shop.example.com/in'
    await refuse({ method, url, body, headers: new Headers(headers) })
    await clock.advance(turnMs)
    expect(asked()).toMatchObject({ url, headers: Object.entries(headers).sort() })
    const record = { ...headers, 'x-twice': ['a', 'b'], 'x-none': undefined }
    await refuse({ method, url, body, headers: record })
    await clock.advance(turnMs)
    const pairs = [...Object.entries(headers), ['x-twice', 'a'], ['x-twice', 'b']]
    expect(asked()).toMatchObject({ url, headers: pairs })
  })

  it('is searched for with what the resolver answered this request, which is asked once', async () => {
    const resolver = vi.fn(({ url }: { url: string }) => ({
      tenant: url,
      secret: `${url}-secret-of-some-length`,
    }))
    const { refuse, clock } = setUp({ secret: resolver })
    await Promise.all([refuse({ ...forged(), url: '/a' }), refuse({ ...forged(), url: '/b' })])
    await clock.advance(turnMs)
    expect(resolver).toHaveBeenCalledTimes(2)
    const [[capture, options] = []] = explain.mock.calls
    expect(options?.secrets).toEqual([
      { id: '0', value: `${new URL(capture?.url ?? '').pathname}-secret-of-some-length` },
    ])
  })

  it.each([
    [
      'an unknown tenant',
      { secret: (): undefined => undefined },
      forged(),
      /TENANT_UNKNOWN\): The secret resolver knows no/,
    ],
    [
      'a resolver that was not asked',
      { secret: bySecret },
      forged({ headers: { 'x-visibuild-timestamp': 'x' } }),
      /TIMESTAMP_MALFORMED\): /,
    ],
    ['a wrong method', {}, { ...forged(), method: 'PUT' }, /METHOD_NOT_ALLOWED\): /],
    ['a body beyond the limit', { maxBodyBytes: 3 }, forged(), /BODY_TOO_LARGE\): .*raise maxBodyBytes/],
    ['no JSON', {}, visibuildDelivery({ body: 'no JSON' }), /PAYLOAD_MALFORMED\): /],
  ] as const)('is the message of the refusal for %s', async (_, options, request, line) => {
    const { refuse, clock, lines } = setUp(options)
    await refuse(request)
    await clock.advance(turnMs)
    expect(lines()).toEqual([expect.stringMatching(line)])
    expect(explain).not.toHaveBeenCalled()
  })

  it('is of the headers alone where nobody has read the body', async () => {
    const { refuse, clock, lines } = setUp()
    const findings = ['body', 'secret', 'header'].map((target) => ({ ...hint, cause: 'x', target }))
    const unsigned = forged({ headers: { 'x-visibuild-signature': undefined } })
    const read = vi.fn(async () => new Uint8Array())
    answered(findings, 'unexplained')
    await refuse({ ...unsigned, body: read })
    await clock.advance(turnMs)
    answered([{ ...hint, target: 'body' }], 'unexplained')
    await refuse({ ...unsigned, body: read })
    await clock.advance(turnMs)
    expect(read).not.toHaveBeenCalled()
    expect(lines()).toEqual([
      expect.stringContaining('(ERR_WEBHOOK_HEADER_MISSING): hint: x (header): '),
      expect.stringMatching(/HEADER_MISSING\): "x-visibuild-signature" is missing\.$/),
    ])
    answered(findings, 'unexplained')
    await refuse({ ...forged(), body: read })
    await clock.advance(turnMs)
    expect(lines().slice(2)).toHaveLength(3)
  })

  it('stays on one line of bounded length, whatever a stranger put into a header’s name', async () => {
    const { refuse, clock, lines } = setUp()
    answered([{ ...proof, advice: `in \r\n\u2028"x\u001b[31m"${'!'.repeat(5_000)}` }])
    await refuse(forged())
    await clock.advance(turnMs)
    expect(lines()[0]).toContain(': in  "x [31m"!')
    expect(lines()[0]).toHaveLength('countersign: "tickets": '.length + 600)
  })

  it('goes to console.warn by default', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const { refuse, clock } = setUp({ onWarning: undefined as never })
    await refuse(forged())
    await clock.advance(turnMs)
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^countersign: "tickets": refused/))
  })
})

describe('it costs the sender nothing', () => {
  it('neither loads nor searches before the answer has had its time to leave', async () => {
    const { refuse, clock } = setUp()
    await refuse(forged())
    await clock.advance(answerMs - 1)
    expect([loadExplain, explain].map((fn) => vi.mocked(fn).mock.calls.length)).toEqual([0, 0])
    await clock.advance(1)
    expect(explain).toHaveBeenCalledTimes(1)
    await clock.advance(turnMs)
  })

  it.each([
    ['a forgery', forged()],
    ['a missing header', forged({ headers: { 'x-visibuild-signature': undefined } })],
    ['a stale delivery', visibuildDelivery({ timestamp: String(nowMs / 1000 - 301) })],
    ['a right one', visibuildDelivery()],
  ])('answers %s as without it', async (_, request) => {
    const answerOf = async (isOn: boolean) => {
      const { receiver, clock } = setUp({ explain: isOn, secret: bySecret })
      const { type, response } = await receiver.receive(
        { ...request, body: async () => request.body as Uint8Array },
        () => 1,
      )
      await clock.advance(turnMs)
      return { type, response }
    }
    expect(await answerOf(true)).toEqual(await answerOf(false))
  })

  it('explains nothing that was accepted, and nothing that is not the sender’s fault', async () => {
    const { receiver, clock } = setUp({
      scheme: visibuild(),
      secret: () => Promise.reject(new Error('down')),
    })
    expect((await receiver.receive(visibuildDelivery(), neverRuns)).type).toBe('unavailable')
    const working = setUp()
    expect((await working.receiver.receive(visibuildDelivery(), () => 1)).type).toBe('processed')
    await Promise.all([clock.advance(turnMs), working.clock.advance(turnMs)])
    expect(loadExplain).not.toHaveBeenCalled()
  })

  it('also explains a scheme that signs nothing', async () => {
    const clock = createFakeClock({ now: nowMs })
    const given = { username: 'user', password: 'a password of some length' }
    const receiver = createReceiver({
      scheme: scratcher(),
      secret: given,
      clock,
      explain: true,
      onWarning: vi.fn(),
    })
    const headers = { authorization: 'Basic dXNlcjpwYXNzd29yZA==' }
    await receiver.receive({ method: 'POST', url: '/', headers, body: new Uint8Array() }, neverRuns)
    await clock.advance(turnMs)
    expect(explain.mock.calls[0]?.[1].secrets).toEqual([{ id: '0', value: given }])
  })
})

describe('a flood', () => {
  it('is explained once a second, one at a time in the whole process, and counted in one line', async () => {
    const first = setUp()
    const second = setUp({ endpoint: 'others' })
    for (let count = 0; count < 50; count++) await first.refuse(forged())
    await second.refuse(forged())
    await first.clock.advance(answerMs + 999)
    await first.refuse(forged())
    expect(explain).toHaveBeenCalledTimes(1)
    expect([first.lines().length, second.lines().length]).toEqual([1, 0])
    await first.clock.advance(1)
    expect(first.lines().slice(1)).toEqual([
      'countersign: "tickets": 51 more refused meanwhile; one a second is explained.',
    ])
    await second.refuse(forged())
    await second.clock.advance(turnMs)
    expect(second.lines()).toHaveLength(1)
    expect([first.clock.pendingTimers, second.clock.pendingTimers]).toEqual([0, 0])
  })

  it('starts no second search while the first takes its time', async () => {
    const { refuse, clock, lines } = setUp()
    let end = (_: Awaited<ReturnType<ExplainModule['explain']>>) => {}
    explain.mockReturnValueOnce(new Promise((resolve) => (end = resolve)))
    await refuse(forged())
    await clock.advance(60_000)
    await refuse(forged())
    await clock.advance(60_000)
    expect(explain).toHaveBeenCalledTimes(1)
    end({ verdict: 'explained', findings: [proof], searchedWhole: true })
    await clock.advance(turnMs)
    expect(lines()).toEqual([expect.stringContaining('proof'), expect.stringContaining('1 more refused')])
  })
})

describe('without what it needs', () => {
  it('says once what to install, and is silent from then on', async () => {
    vi.mocked(loadExplain).mockReturnValue(undefined)
    const { refuse, clock, lines } = setUp()
    for (let count = 0; count < 3; count++) {
      await refuse(forged())
      await clock.advance(turnMs)
    }
    expect(lines()).toEqual([expect.stringMatching(/^countersign: .* npm install -D @countersign\/testing$/)])
    expect(loadExplain).toHaveBeenCalledTimes(1)
  })

  it('outlives a search that fails, without its words, and a log that throws', async () => {
    const { refuse, clock, lines } = setUp()
    explain.mockRejectedValueOnce(new Error(`found ${secret}`))
    await refuse(forged())
    await clock.advance(turnMs)
    expect(lines()).toEqual([
      'countersign: "tickets": refused (ERR_WEBHOOK_SIGNATURE_MISMATCH): the search for the reason failed.',
    ])
    const onWarning = vi.fn(() => {
      throw new Error('the log is full')
    })
    const other = setUp({ onWarning })
    await other.refuse(forged())
    await other.clock.advance(turnMs)
    await other.refuse(forged())
    await other.clock.advance(turnMs)
    expect(onWarning).toHaveBeenCalledTimes(2)
  })
})

describe('it is off', () => {
  it.each(['test', 'production', 'Development', 'development ', 'dev', '', undefined])(
    'and says why, where NODE_ENV is %j when the receiver is created',
    async (value) => {
      vi.stubEnv('NODE_ENV', value)
      const { refuse, clock, lines } = setUp()
      vi.stubEnv('NODE_ENV', 'development')
      await refuse(forged())
      expect(clock.pendingTimers).toBe(0)
      await clock.advance(turnMs)
      const found = value === undefined ? 'is not set' : `is "${value}"`
      expect(lines()).toEqual([
        expect.stringContaining(`countersign: "tickets": explain: true is off, since NODE_ENV ${found}: `),
      ])
      expect(loadExplain).not.toHaveBeenCalled()
    },
  )

  it.each([false, undefined, 'true', 1])('where the option is %j', async (value) => {
    const { refuse, clock } = setUp({ explain: value as never })
    await refuse(forged())
    expect(clock.pendingTimers).toBe(0)
    expect(loadExplain).not.toHaveBeenCalled()
  })

  it.each([
    ['no process', undefined],
    ['a process without an environment', {}],
    [
      'an environment that may not be read, as on Deno',
      {
        get env() {
          throw new Error('NotCapable')
        },
      },
    ],
  ])('on a runtime with %s', async (_, process) => {
    vi.stubGlobal('process', process)
    const settled = setUp()
    vi.unstubAllGlobals()
    await settled.refuse(forged())
    expect(settled.clock.pendingTimers).toBe(0)
  })
})
