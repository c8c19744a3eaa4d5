import { describe, expect, it } from 'vitest'
import { type Contract, claimContract, recordAt } from '../../src/explorer/claim-contract.js'
import type { Scenario } from '../../src/explorer/move.js'
import { rules } from '../../src/explorer/rules.js'
import { type Bounds, searchWorlds } from '../../src/explorer/search-worlds.js'

const scenario: Scenario = {
  lease: 2,
  retention: 5,
  workers: 2,
  hold: false,
  deferred: false,
  exhaustAfter: undefined,
}

/** The contract, but for what a test changes about it. */
function changed(change: (...args: Parameters<Contract>) => ReturnType<Contract> | undefined): Contract {
  return (...args) => change(...args) ?? claimContract(...args)
}

describe('the rules of the contract itself', { timeout: 60_000 }, () => {
  it.each([
    ['plain', {}],
    ['with exhaustion', { exhaustAfter: 2 }],
    ['deferred', { deferred: true }],
    ['held', { hold: true }],
    ['held and deferred', { hold: true, deferred: true }],
  ])('keep all promises, %s, with two faults or three attempts', async (_, choice) => {
    for (const bounds of [
      { attempts: 2, faults: 2 },
      { attempts: 3, faults: 0 },
    ]) {
      const { broken } = await searchWorlds({ ...scenario, ...choice }, bounds, claimContract)
      expect(broken).toBeUndefined()
    }
  })

  it.each<[string, Contract, Partial<Scenario>, string]>([
    [
      'a live claim could be taken over',
      changed((record, call, now, terms) =>
        call.operation === 'claim' && record?.state === 'claimed'
          ? claimContract({ ...record, leaseUntil: 0 }, call, now, terms)
          : undefined,
      ),
      {},
      rules.oneOwner,
    ],
    [
      'a claim was granted and not written down',
      changed((record, call) =>
        call.operation === 'claim' ? { record, answer: { state: 'claimed', attempts: 1 } } : undefined,
      ),
      {},
      rules.liveStart,
    ],
    [
      'what was released counted as completed',
      changed((record, call) =>
        call.operation === 'claim' && record?.state === 'free'
          ? { record, answer: { state: 'completed', attempts: 2 } }
          : undefined,
      ),
      {},
      rules.nothingLost,
    ],
    [
      'a claim that ended stayed in progress',
      changed((record, call) =>
        call.operation === 'claim' && record?.state === 'claimed'
          ? { record, answer: { state: 'in-progress', attempts: 2, wait: 1 } }
          : undefined,
      ),
      {},
      rules.nothingLost,
    ],
    [
      'the sender of a released claim were told that it is kept',
      changed((record, call, now, terms) =>
        call.operation === 'release' && record?.state === 'claimed' && record.owner === call.attempt
          ? { record: claimContract(record, call, now, terms).record, answer: 'failed' }
          : undefined,
      ),
      {},
      rules.honestAnswer,
    ],
    [
      'a completion was forgotten early',
      changed((record, call, now, terms) =>
        call.operation === 'claim' && record?.state === 'completed' && record.retainUntil - now < 3
          ? claimContract(undefined, call, now, terms)
          : undefined,
      ),
      {},
      rules.notAgain,
    ],
    [
      'extending moved the retention to the end of the lease',
      changed((record, call, now, terms) => {
        const { record: after, answer } = claimContract(record, call, now, terms)
        return call.operation === 'extend' && after?.state === 'claimed'
          ? { record: { ...after, retainUntil: after.leaseUntil }, answer }
          : undefined
      }),
      {},
      rules.retention,
    ],
    [
      'a late completion overwrote the claim of another',
      changed((record, call, now, terms) =>
        call.operation === 'complete' && record?.state === 'claimed'
          ? claimContract({ ...record, owner: call.attempt }, call, now, terms)
          : undefined,
      ),
      {},
      rules.stranger,
    ],
    [
      'a release without its token freed the claim',
      changed((record, call, now, terms) =>
        call.operation === 'release' && record?.state === 'claimed'
          ? claimContract({ ...record, owner: call.attempt }, call, now, terms)
          : undefined,
      ),
      {},
      rules.stranger,
    ],
    [
      'hold were ignored',
      (record, call, now, terms) => claimContract(record, call, now, { ...terms, hold: false }),
      { hold: true },
      rules.hold,
    ],
    [
      'a release freed acked work',
      changed((record, call, now, terms) =>
        call.operation === 'release' && record?.state === 'claimed'
          ? claimContract({ ...record, acked: false }, call, now, terms)
          : undefined,
      ),
      { deferred: true },
      rules.acked,
    ],
    [
      'taking over acked work made it work like any other',
      changed((record, call, now, terms) =>
        call.operation === 'claim' && record?.state === 'claimed' && record.owner !== call.attempt
          ? claimContract({ ...record, acked: false }, call, now, terms)
          : undefined,
      ),
      { deferred: true },
      rules.honestAnswer,
    ],
  ])('would break one if %s', async (_, contract, choice, rule) => {
    const { broken } = await searchWorlds({ ...scenario, ...choice }, { attempts: 3, faults: 1 }, contract)
    expect(broken?.rule).toBe(rule)
  })
})

describe('the search', { timeout: 60_000 }, () => {
  /** What the moves of a whole search are called, without the number of the attempt. */
  async function movesIn(choice: Partial<Scenario>, bounds: Bounds): Promise<Set<string>> {
    const seen = new Set<string>()
    await searchWorlds({ ...scenario, ...choice }, bounds, claimContract, ({ move }) => {
      const { text, answer } = move
      const outcome = typeof answer === 'object' ? answer.state : answer
      seen.add(outcome === undefined ? text : `${text}: ${outcome}`)
      return undefined
    })
    return seen
  }

  it('crashes workers, ends leases, fails calls before and after they take effect, and brings them late', async () => {
    const seen = await movesIn({}, { attempts: 3, faults: 1 })
    const calls = {
      claims: 'claimed',
      'renews its lease': 'true',
      succeeds: 'true',
      fails: 'released',
      'gives back': 'released',
    }
    for (const [call, answer] of Object.entries(calls)) {
      expect(seen).toContain(`${call}: ${answer}`)
      expect(seen).toContain(`${call}, but the store fails`)
      expect(seen).toContain(`${call}, but the answer is lost: ${answer}`)
      expect(seen).toContain(`${call}, but the call hangs`)
    }
    for (const late of [
      'claim: claimed',
      'claim: completed',
      'extend: true',
      'extend: false',
      'complete: false',
      'release: lost',
      'fail: false',
    ])
      expect(seen).toContain(late.replace(/(\w+)/, 'has its $1 arrive late'))
    for (const move of [
      'time passes',
      'crashes',
      'succeeds and crashes',
      'finds its lease ended',
      'fails: lost',
      'succeeds: false',
    ])
      expect(seen).toContain(move)
  })

  it('gets to what is deferred, held and exhausted', async () => {
    expect(await movesIn({ deferred: true }, { attempts: 1, faults: 0 })).toContain('fails: failed')
    expect(await movesIn({ hold: true }, { attempts: 2, faults: 0 })).toContain('claims: held')
    const held = await movesIn({ hold: true, deferred: true }, { attempts: 1, faults: 1 })
    expect(held).toContain('has its acknowledge arrive late: false')
    const exhausted = await movesIn({ exhaustAfter: 2 }, { attempts: 3, faults: 0 })
    expect(exhausted).toContain('fails: released')
    expect(exhausted).toContain('fails: failed')
    expect(exhausted).toContain('claims: failed')
  })

  it('never lets more attempts run side by side than there are workers', async () => {
    let most = 0
    await searchWorlds({ ...scenario, workers: 1 }, { attempts: 3, faults: 1 }, claimContract, ({ move }) => {
      const busy = move.after.attempts.filter(({ phase }) => phase !== 'waiting' && phase !== 'ended').length
      most = Math.max(most, busy)
      return undefined
    })
    expect(most).toBe(1)
  })
})

describe('a record', () => {
  const claimed = {
    state: 'claimed',
    owner: 0,
    attempts: 1,
    leaseUntil: 2,
    retainUntil: 5,
    hold: false,
    acked: false,
  } as const

  it('is forgotten with its retention, but for what is live or the operator’s', () => {
    expect(recordAt(claimed, 4)).toBe(claimed)
    expect(recordAt(claimed, 5)).toBeUndefined()
    const kept = [
      { ...claimed, leaseUntil: 6 },
      { ...claimed, hold: true },
      { ...claimed, acked: true },
      { state: 'failed', attempts: 1, retainUntil: Number.POSITIVE_INFINITY } as const,
    ]
    for (const record of kept) expect(recordAt(record, 5)).toBe(record)
  })
})
