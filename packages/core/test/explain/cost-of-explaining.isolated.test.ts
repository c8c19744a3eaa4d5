import { createReceiver } from '@countersign/core'
import { scratcher, visibuild } from '@countersign/core/schemes'
import { createFakeClock } from '@countersign/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ExplainModule } from '../../src/explain/explanation.js'
import { loadExplain } from '../../src/explain/load-explain.js'
import { answerMs, bySecret, explain, forged, proof, setUp, turnMs } from '../support/explaining-receiver.js'
import { neverRuns, nowMs, visibuildDelivery } from '../support/visibuild-delivery.js'

vi.mock('../../src/explain/load-explain.js', () => ({ loadExplain: vi.fn() }))

beforeEach(() => {
  vi.stubEnv('NODE_ENV', 'development')
  vi.mocked(loadExplain).mockReset().mockReturnValue({ explain })
  explain.mockReset().mockResolvedValue({ verdict: 'explained', findings: [proof], searchedWhole: true })
})

afterEach(() => void vi.unstubAllEnvs())

describe('the cost for the sender', () => {
  it('loads and searches nothing before the response has been sent', async () => {
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
  ])('the response to %s is the same as without explain', async (_, request) => {
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

describe('a flood of refusals', () => {
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

describe('explain is off', () => {
  it.each(['test', 'production', 'Development', 'development ', 'dev', '', undefined])(
    'and says why, if NODE_ENV is %j when the receiver is created',
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

  it.each([false, undefined, 'true', 1])('if the option is %j', async (value) => {
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
