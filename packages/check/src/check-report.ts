import type { CheckFault } from './faults.js'

/**
 * The result for one property. `fail` comes with a fault. `unknown` is not a failure: the check could not see the property from
 * outside, or a person has to judge it. `not-applicable`: the scheme leaves nothing to check.
 */
export type CheckVerdict = 'pass' | 'fail' | 'unknown' | 'not-applicable'

/** The result for one property, with evidence and advice. */
export interface CheckedProperty {
  /** The property's name, in kebab-case. */
  readonly property: string
  readonly verdict: CheckVerdict
  /** Set with `fail`, and with `unknown` for a remark on something that is not always wrong. */
  readonly fault?: CheckFault
  /** What was sent and what came back: statuses and times. Never a secret, a signature or the text of an answer. */
  readonly evidence: string
  /** What to do; empty if there is nothing to do. */
  readonly advice: string
}

/** The result of {@link checkReceiver}. */
export interface CheckReport {
  /** Whether no property failed. */
  readonly passed: boolean
  /** The result for each property, in the order of {@link checkProperties}. */
  readonly properties: readonly CheckedProperty[]
}
