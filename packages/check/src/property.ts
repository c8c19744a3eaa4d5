import type { CheckVerdict } from './check-report.js'
import type { Examination } from './examination.js'
import type { CheckFault } from './faults.js'

/** Something every receiver should do, and how to check it. */
export interface Property {
  /** In kebab-case. Part of the public API, like a fault's name. */
  readonly name: string
  /** Completes "the receiver ...". */
  readonly says: string
  /** If one of these faults was found, this property cannot be checked, or would only repeat it. */
  readonly hiddenBy?: readonly CheckFault[]
  readonly judge: (examination: Examination) => Promise<Judgement>
}

/** The result for one property. */
export interface Judgement {
  readonly verdict: CheckVerdict
  readonly fault?: CheckFault
  readonly evidence: string
  /** Replaces the fault's own advice. */
  readonly advice?: string
}

export function pass(evidence: string): Judgement {
  return { verdict: 'pass', evidence }
}

export function fail(fault: CheckFault, evidence: string): Judgement {
  return { verdict: 'fail', fault, evidence }
}

/** @param advice default: the fault's advice */
export function unknown(evidence: string, advice?: string, fault?: CheckFault): Judgement {
  return { verdict: 'unknown', evidence, ...(advice !== undefined && { advice }), ...(fault && { fault }) }
}

export function notApplicable(evidence: string): Judgement {
  return { verdict: 'not-applicable', evidence }
}
