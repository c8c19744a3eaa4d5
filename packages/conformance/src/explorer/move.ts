import type { Answer, Contract, StoreCall, Terms } from './claim-contract.js'
import type { Past, World } from './world.js'

/** How a search is set up. */
export interface Scenario extends Terms {
  /** The sender is answered while the work still goes on. */
  readonly deferred: boolean
  /** The handler has its effect and its completion in one transaction. */
  readonly transactional: boolean
  /** Failed attempts after which the event is kept as failed. */
  readonly exhaustAfter: number | undefined
  /** At most so many attempts are under way together. */
  readonly workers: number
}

/** One thing that can happen. */
export interface Move {
  /** Whom it happens to; undefined where only time passes. */
  readonly attempt: number | undefined
  /** In words, for the trace. */
  readonly text: string
  readonly after: World
  /** The call that takes effect in the store, and what the contract has it answer. */
  readonly call?: StoreCall
  readonly answer?: Answer
  /** The attempt's handler starts. */
  readonly starts?: boolean
  /** The attempt's sender is told 2xx, for this reason. */
  readonly tells?: 'processed' | 'duplicate' | 'accepted' | 'kept'
}

/** The world after a call took effect in the store, and what the contract has it answer. */
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
    // Repeating a completion prolongs nothing.
    const until = record?.state === 'completed' ? past.completedUntil : now + terms.retention
    const completedUntil = Math.max(past.completedUntil, until)
    return { ...past, succeeded: past.succeeded || operation === 'commit', completedUntil, open: [] }
  }
  if (call.operation === 'release' && answer === 'released')
    return { ...past, open: past.open.filter((attempt) => attempt !== call.attempt) }
  return past
}
