import type { Clock, DedupeStore, MaybePromise } from '@countersign/core'
import type { StoreTerms } from './call-store.js'
import type { Breach, History } from './history.js'
import { Rehearsal } from './rehearsal.js'

/** Time for a store under search. It stands still during a call, and has no timers. */
export type SearchClock = Pick<Clock, 'now' | 'monotonic'>

/** Makes a store without records that goes by the clock. */
export type CreateStore = (clock: SearchClock) => MaybePromise<DedupeStore>

/**
 * Lets new stores go through a history each, all of them at once: over a network, waiting is most of the time. One
 * clock is for all, so that they may be one store under different keys. Every answer must be the contract's.
 *
 * @returns the first history's breach that there is
 */
export async function rehearseHistories(
  createStore: CreateStore,
  histories: readonly History[],
  terms: StoreTerms,
): Promise<Breach | undefined> {
  let now = 0
  const clock = { now: () => now * terms.stepMs, monotonic: () => now * terms.stepMs }
  const rehearsals: Rehearsal[] = []
  const stores: DedupeStore[] = []
  for (const history of histories) {
    const store = await createStore(clock)
    stores.push(store)
    rehearsals.push(new Rehearsal(store, history, terms))
  }
  try {
    const end = Math.max(...rehearsals.map(({ lastTime }) => lastTime))
    const breaches: (Breach | undefined)[] = rehearsals.map(() => undefined)
    for (; now <= end; now++) {
      const found = await Promise.all(
        rehearsals.map((rehearsal, index) => (breaches[index] ? undefined : rehearsal.goOn(now))),
      )
      for (const [index, breach] of found.entries()) breaches[index] ??= breach
      if (breaches[0]) break
    }
    return breaches.find(Boolean)
  } finally {
    for (const store of stores) await store.close?.()
  }
}
