import type { Transition } from './invariants.js'
import type { Answered } from './judge-answer.js'
import type { Probe } from './list-probes.js'
import type { Rule } from './rules.js'

/** A series of moves to run on a store. */
export interface History {
  readonly moves: readonly Transition[]
  /** Whether to check everything that is remembered at its end, not only when the next claim is granted. */
  readonly isProbed: boolean
}

/** A call that a store answered differently from the contract. */
export interface Violation extends Answered {
  readonly rule: Rule
  readonly moves: readonly Transition[]
  /** How many moves of the history came before it. */
  readonly place: number
  readonly now: number
  /** The probes that were sent to the same copy after the history. */
  readonly asked: readonly Probe[]
}
