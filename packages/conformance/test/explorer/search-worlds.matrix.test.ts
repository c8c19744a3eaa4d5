import { describe, expect, it } from 'vitest'
import { claimContract, recordAt } from '../../src/explorer/claim-contract.js'
import type { Scenario } from '../../src/explorer/move.js'
import { type Bounds, searchWorlds } from '../../src/explorer/search-worlds.js'
import { flawedContracts } from './support/flawed-contracts.js'

const scenario: Scenario = {
  lease: 2,
  retention: 5,
  workers: 2,
  hold: false,
  signed: false,
  deferred: false,
  transactional: false,
  exhaustAfter: undefined,
}

describe('the rules of the contract itself', { timeout: 60_000 }, () => {
  it.each([
    ['plain', {}],
    ['with exhaustion', { exhaustAfter: 2 }],
    ['with signed times and exhaustion', { signed: true, exhaustAfter: 2 }],
    ['held, with signed times', { signed: true, hold: true }],
    ['deferred', { deferred: true }],
    ['held', { hold: true }],
    ['transactional', { transactional: true }],
    ['held and transactional', { hold: true, transactional: true }],
    ['held and deferred', { hold: true, deferred: true }],
  ])('hold: %s, with two faults or three attempts', async (_, choice) => {
    for (const bounds of [
      { attempts: 2, faults: 2 },
      { attempts: 3, faults: 0 },
    ]) {
      const { broken } = await searchWorlds({ ...scenario, ...choice }, bounds, claimContract)
      expect(broken).toBeUndefined()
    }
  })

  it.each(flawedContracts)('would be broken if %s', async (_, contract, choice, rule) => {
    const { broken } = await searchWorlds({ ...scenario, ...choice }, { attempts: 3, faults: 1 }, contract)
    expect(broken?.rule).toBe(rule)
  })
})

describe('the search', { timeout: 60_000 }, () => {
  /** The texts of all moves in a search, without the number of the attempt. */
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

  it('crashes workers, ends leases, fails calls before and after they take effect, and delays them', async () => {
    const seen = await movesIn({}, { attempts: 3, faults: 1 })
    const calls = {
      claims: 'claimed',
      'renews its lease': 'true',
      succeeds: 'true',
      fails: 'released',
      'gives its claim back': 'released',
    }
    for (const [call, answer] of Object.entries(calls)) {
      expect(seen).toContain(`${call}: ${answer}`)
      expect(seen).toContain(`${call}, but the store fails`)
      expect(seen).toContain(`${call}, but the answer is lost: ${answer}`)
      expect(seen).toContain(`${call}, but the call hangs`)
    }
    expect(seen).toContain('repeats its completion: true')
    // Another attempt has taken over meanwhile.
    expect(seen).toContain('repeats its completion: false')
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

  it('reaches deferred, held and exhausted events', async () => {
    const deferred = await movesIn({ deferred: true }, { attempts: 1, faults: 1 })
    for (const move of [
      'acknowledges: true',
      'acknowledges: false',
      'acknowledges, but the store fails',
      'has its acknowledge arrive late: true',
      'succeeds: true',
      // Acked, and the worker knows it.
      'fails: true',
      // Not acked, and acked without the worker knowing it.
      'fails: released',
      'fails: failed',
    ])
      expect(deferred).toContain(move)
    expect(await movesIn({ hold: true }, { attempts: 2, faults: 0 })).toContain('claims: held')
    const held = await movesIn({ hold: true, deferred: true }, { attempts: 1, faults: 1 })
    expect(held).toContain('has its acknowledge arrive late: false')
    const exhausted = await movesIn({ exhaustAfter: 2 }, { attempts: 3, faults: 0 })
    expect(exhausted).toContain('fails: released')
    expect(exhausted).toContain('fails: failed')
    expect(exhausted).toContain('claims: failed')
  })

  it('reaches transactions that commit, roll back, are refused, lose their answer and arrive late', async () => {
    const seen = await movesIn({ transactional: true }, { attempts: 2, faults: 1 })
    for (const move of [
      'commits: true',
      'commits: false',
      'commits, but reports the opposite: true',
      'commits, but reports the opposite: false',
      'commits, but the store fails',
      'commits, but the answer is lost: true',
      'commits, but the call hangs',
      'rolls back and reports success',
      'reads its completion: true',
      'reads its completion: false',
      'reads its completion, but the store fails',
      'has its commit arrive late: true',
      'has its commit arrive late: false',
      'gives its claim back: released',
      'crashes',
    ])
      expect(seen).toContain(move)
    for (const move of ['succeeds: true', 'has its complete arrive late: true'])
      expect(seen).not.toContain(move)
  })

  it('never runs more attempts at once than there are workers', async () => {
    let most = 0
    await searchWorlds({ ...scenario, workers: 1 }, { attempts: 3, faults: 1 }, claimContract, ({ move }) => {
      const over = ['waiting', 'completing', 'ended']
      const busy = move.after.attempts.filter(({ phase }) => !over.includes(phase)).length
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
    attemptedAt: undefined,
    retainUntil: 5,
    hold: false,
    acked: false,
  } as const

  it('is forgotten with its retention, unless it is live or kept for the operator', () => {
    expect(recordAt(claimed, 4)).toBe(claimed)
    expect(recordAt(claimed, 5)).toBeUndefined()
    const kept = [
      { ...claimed, leaseUntil: 6 },
      { ...claimed, hold: true },
      { ...claimed, acked: true },
      {
        state: 'failed',
        attempts: 1,
        attemptedAt: undefined,
        retainUntil: Number.POSITIVE_INFINITY,
      } as const,
    ]
    for (const record of kept) expect(recordAt(record, 5)).toBe(record)
  })
})
