import type { Clock, DedupeStore, MaybePromise } from '@countersign/core'
import type { StoreTerms } from './call-store.js'
import type { History, Violation } from './history.js'
import { HistoryRun } from './history-run.js'

/** The clock of a store under search, in milliseconds. It does not advance during a call, and has no timers. */
export type SearchClock = Pick<Clock, 'now' | 'monotonic'>

/** Creates a store without records that takes all times from the clock. */
export type CreateStore = (clock: SearchClock) => MaybePromise<DedupeStore>

/**
 * Runs each history on a new store, all of them at once, because over a network most of the time is spent waiting. They share one
 * clock, so that the stores may be one store under different keys. Every answer must be that of the contract.
 *
 * @returns the violation of the first history that has one
 */
export async function runHistories(
  createStore: CreateStore,
  histories: readonly History[],
  terms: StoreTerms,
): Promise<Violation | undefined> {
  let now = 0
  const clock = { now: () => now * terms.stepMs, monotonic: () => now * terms.stepMs }
  const runs: HistoryRun[] = []
  const stores: DedupeStore[] = []
  for (const history of histories) {
    const store = await createStore(clock)
    stores.push(store)
    runs.push(new HistoryRun(store, history, terms))
  }
  try {
    const end = Math.max(...runs.map(({ lastTime }) => lastTime))
    const violations: (Violation | undefined)[] = runs.map(() => undefined)
    for (; now <= end; now++) {
      const found = await Promise.all(
        runs.map((run, index) => (violations[index] ? undefined : run.runTo(now))),
      )
      for (const [index, violation] of found.entries()) violations[index] ??= violation
      if (violations[0]) break
    }
    return violations.find(Boolean)
  } finally {
    for (const store of stores) await store.close?.()
  }
}
