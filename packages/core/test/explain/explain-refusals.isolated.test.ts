import type { HeadersInput } from '@countersign/core/adapter'
import { customScheme, type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Finding } from '../../src/explain/explanation.js'
import { loadExplain } from '../../src/explain/load-explain.js'
import { bySecret, explain, forged, proof, setUp, turnMs } from '../support/explaining-receiver.js'
import { nowMs, secret, visibuildDelivery } from '../support/visibuild-delivery.js'

vi.mock('../../src/explain/load-explain.js', () => ({ loadExplain: vi.fn() }))

const hint: Finding = {
  cause: 'secret.other',
  target: 'secret',
  level: 'hint',
  advice: 'Compare the secrets.',
}

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

  it('says of a custom scheme that its own verifier refused, without another package', async () => {
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

  it('is at most three hints if nothing is proved, under the scheme’s name if the endpoint has none', async () => {
    const { refuse, clock, lines } = setUp({ endpoint: undefined as never })
    answered([hint, hint, hint, hint], 'unexplained')
    await refuse(forged())
    await clock.advance(turnMs)
    const line =
      'countersign: "visibuild": refused (ERR_WEBHOOK_SIGNATURE_MISMATCH): hint: secret.other (secret): Compare the secrets.'
    expect(lines()).toEqual([line, line, line])
  })

  it('says where to continue when nothing was found', async () => {
    const { refuse, clock, lines } = setUp()
    answered([], 'unexplained')
    await refuse(forged())
    await clock.advance(turnMs)
    expect(lines()).toEqual([
      expect.stringMatching(/MISMATCH\): No secret gives .*npx @countersign\/cli explain/),
    ])
  })

  it('uses the request as received, with the secrets, time and tolerance of the receiver', async () => {
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

  it('uses the secrets that the resolver returned for this request, and asks it once', async () => {
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

  it('covers only the headers if the body was not read', async () => {
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

  it('stays on one line of limited length, whatever a header’s name contains', async () => {
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

describe('without its package', () => {
  it('says once what to install, and nothing after that', async () => {
    vi.mocked(loadExplain).mockReturnValue(undefined)
    const { refuse, clock, lines } = setUp()
    for (let count = 0; count < 3; count++) {
      await refuse(forged())
      await clock.advance(turnMs)
    }
    expect(lines()).toEqual([
      expect.stringMatching(/^countersign: .* npm install -D @countersign\/diagnosis$/),
    ])
    expect(loadExplain).toHaveBeenCalledTimes(1)
  })

  it('survives a search that fails, without its message, and a log that throws', async () => {
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
