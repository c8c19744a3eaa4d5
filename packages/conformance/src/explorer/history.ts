import type { Transition } from './invariants.js'
import type { Answered } from './judge-answer.js'
import type { Probe } from './probes.js'
import type { Rule } from './rules.js'

/** What a store is taken through. */
export interface History {
  readonly moves: readonly Transition[]
  /** Whether all that is remembered is asked for at its end, not only who may claim when. */
  readonly isProbed: boolean
}

/** A call that a store answered other than the contract has it. */
export interface Breach extends Answered {
  readonly rule: Rule
  readonly moves: readonly Transition[]
  /** How many of the history's moves came before it. */
  readonly place: number
  readonly now: number
  /** What was asked of the same copy after the history. */
  readonly asked: readonly Probe[]
}
