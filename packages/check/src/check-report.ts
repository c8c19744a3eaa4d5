import type { CheckFault } from './faults.js'

/**
 * `fail` names a fault. `unknown` is no failure: it could not be seen from outside, or is for a person to judge.
 * `not-applicable`: the scheme leaves nothing to check.
 */
export type CheckVerdict = 'pass' | 'fail' | 'unknown' | 'not-applicable'

/** What came of one property. */
export interface CheckedProperty {
  readonly property: string
  readonly verdict: CheckVerdict
  /** With `fail`; and with `unknown`, where something was seen that is not wrong everywhere. */
  readonly fault?: CheckFault
  /** What was sent and what came back: statuses and times. Never a secret, a signature or what an answer said. */
  readonly evidence: string
  /** What to do; empty where there is nothing to do. */
  readonly advice: string
}

/** What `checkReceiver` found. */
export interface CheckReport {
  /** No property failed. */
  readonly passed: boolean
  readonly properties: readonly CheckedProperty[]
}
