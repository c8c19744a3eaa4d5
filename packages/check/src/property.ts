import type { CheckVerdict } from './check-report.js'
import type { Examination } from './examination.js'
import type { CheckFault } from './faults.js'

/** Something every receiver should do, and how to find out whether this one does. */
export interface Property {
  /** In kebab-case; a promise, like a fault's name. */
  readonly name: string
  /** Completes "the receiver ...". */
  readonly says: string
  /** Where one of these was found, this property cannot be told, or would only repeat it. */
  readonly hiddenBy?: readonly CheckFault[]
  readonly judge: (examination: Examination) => Promise<Judgement>
}

/** What was found out. */
export interface Judgement {
  readonly verdict: CheckVerdict
  readonly fault?: CheckFault
  readonly evidence: string
  /** Where the fault's own advice is not what helps. */
  readonly advice?: string
}

export function pass(evidence: string): Judgement {
  return { verdict: 'pass', evidence }
}

export function fail(fault: CheckFault, evidence: string): Judgement {
  return { verdict: 'fail', fault, evidence }
}

/** @param advice default: the fault's own */
export function unknown(evidence: string, advice?: string, fault?: CheckFault): Judgement {
  return { verdict: 'unknown', evidence, ...(advice !== undefined && { advice }), ...(fault && { fault }) }
}

export function notApplicable(evidence: string): Judgement {
  return { verdict: 'not-applicable', evidence }
}
