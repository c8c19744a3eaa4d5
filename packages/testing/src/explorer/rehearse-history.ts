import type { Clock, DedupeStore, MaybePromise } from '@countersign/core'
import { callStore, type StoreTerms } from './call-store.js'
import { type Answer, type ClaimRecord, claimContract, recordAt, type StoreCall } from './claim-contract.js'
import type { Transition } from './invariants.js'
import { type Answered, judgeAnswer } from './judge-answer.js'
import { probesOf } from './probes.js'
import type { Rule } from './rules.js'

/** Time for a store under search. It stands still during a call, and has no timers. */
export type SearchClock = Pick<Clock, 'now' | 'monotonic'>

/** Makes a store without records that goes by the clock. */
export type CreateStore = (clock: SearchClock) => MaybePromise<DedupeStore>

/** A call that a store answered other than the contract has it. */
export interface Breach extends Answered {
  readonly rule: Rule
  /** How many of the history's moves came before it. */
  readonly place: number
  readonly now: number
}

/**
 * Lets a new store go through a history, in as many copies as there are probes, and then makes each probe at its
 * copy. Every answer must be the contract's.
 */
export async function rehearseHistory(
  createStore: CreateStore,
  history: readonly Transition[],
  terms: StoreTerms,
): Promise<Breach | undefined> {
  const { stepMs } = terms
  let now = 0
  const clock = { now: () => now * stepMs, monotonic: () => now * stepMs }
  const store = await createStore(clock)
  const last = history.at(-1)?.move.after
  const probes = last ? probesOf(terms, last.attempts.length) : []

  /** A store that answers at once is not waited for: this is most of what a search does. */
  const ask = (copy: number, call: StoreCall, record: ClaimRecord, expected: Answer) => {
    const judge = (actual: unknown) => {
      const answered: Answered = { call, record, expected, actual }
      const rule = judgeAnswer(answered, stepMs)
      return rule && { ...answered, rule }
    }
    try {
      const actual = callStore(store, `event-${copy}`, call, terms)
      return isThenable(actual) ? Promise.resolve(actual).then(judge, judge) : judge(actual)
    } catch (error) {
      return judge(error)
    }
  }

  try {
    for (const [place, { before, move }] of history.entries()) {
      now = move.after.now
      if (move.call === undefined) continue
      for (let copy = 0; copy < probes.length; copy++) {
        const asked = ask(copy, move.call, before.record, move.answer)
        const breach = asked instanceof Promise ? await asked : asked
        if (breach) return { ...breach, place, now }
      }
    }
    for (const [copy, { after, call }] of probes.entries()) {
      if (last === undefined) break
      now = last.now + after
      const record = recordAt(last.record, now)
      const asked = ask(copy, call, record, claimContract(record, call, now, terms).answer)
      const breach = asked instanceof Promise ? await asked : asked
      if (breach) return { ...breach, place: history.length, now }
    }
    return undefined
  } finally {
    await store.close?.()
  }
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value
}
