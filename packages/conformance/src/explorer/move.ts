import type { Answer, Contract, StoreCall, Terms } from './claim-contract.js'
import type { Past, World } from './world.js'

/** How a search is set up. */
export interface Scenario extends Terms {
  /** Whether the work continues after the sender is answered. */
  readonly deferred: boolean
  /** Whether the handler's effect and completion are in one transaction. */
  readonly transactional: boolean
  /** The number of failed attempts after which the event is kept as failed. */
  readonly exhaustAfter: number | undefined
  /** The most attempts that run at the same time. */
  readonly workers: number
}

/** One step of a search. */
export interface Move {
  /** The attempt that makes the move; undefined if only time passes. */
  readonly attempt: number | undefined
  /** What happens, in words for the trace. */
  readonly text: string
  readonly after: World
  /** The call that takes effect in the store, and the answer that the contract requires. */
  readonly call?: StoreCall
  readonly answer?: Answer
  /** Whether the attempt's handler starts. */
  readonly starts?: boolean
  /** The attempt's sender gets 2xx, for this reason. */
  readonly respondsWith?: 'processed' | 'duplicate' | 'accepted' | 'kept'
}

/** The world after a call takes effect in the store, and the answer that the contract requires. */
export function takeEffect(
  world: World,
  call: StoreCall,
  scenario: Scenario,
  contract: Contract,
): { readonly answer: Answer; readonly after: World } {
  const { record, answer } = contract(world.record, call, world.now, scenario)
  return { answer, after: { ...world, record, past: pastAfter(world, call, answer, scenario) } }
}

function pastAfter({ past, now, record }: World, call: StoreCall, answer: Answer, terms: Terms): Past {
  const { operation } = call
  if ((operation === 'complete' || operation === 'commit') && answer === true) {
    // A repeated completion does not prolong the retention.
    const until = record?.state === 'completed' ? past.completedUntil : now + terms.retention
    const completedUntil = Math.max(past.completedUntil, until)
    return { ...past, succeeded: past.succeeded || operation === 'commit', completedUntil, open: [] }
  }
  if (call.operation === 'release' && answer === 'released')
    return { ...past, open: past.open.filter((attempt) => attempt !== call.attempt) }
  return past
}
