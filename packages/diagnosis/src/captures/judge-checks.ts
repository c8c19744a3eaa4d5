import type { SchemeDescriptor, VerificationErrorCode, VerifiedDelivery } from '@countersign/core'
import { type CheckName, checkByCode, checkNames } from './check-by-code.js'

/** The result of one check of a receiver. */
export interface CaptureCheck {
  readonly check: CheckName
  /** Null: unknown, because an earlier check failed; or the scheme has nothing to check here. */
  readonly passed: boolean | null
  /** Why the check failed. */
  readonly detail?: string
}

/** One failed check. */
export interface Refusal {
  readonly code: VerificationErrorCode
  readonly message: string
  readonly authentic: boolean
}

/** The result of verifying with every possible check relaxed. */
export interface VerificationResult {
  readonly scheme: SchemeDescriptor
  /** In the order of the checks. After the last one nothing could be checked, unless `delivery` is set. */
  readonly refusals: readonly Refusal[]
  /** The verified delivery, after failed checks were relaxed. */
  readonly delivery: VerifiedDelivery | undefined
}

/** Decides for each check whether it passed. */
export function judgeChecks(end: VerificationResult): readonly CaptureCheck[] {
  return checkNames.map((check): CaptureCheck => {
    const refusal = end.refusals.find(({ code }) => checkByCode[code] === check)
    if (refusal) return { check, passed: false, detail: refusal.message }
    const passed = end.delivery
      ? wasChecked(check, end.scheme, end.delivery)
      : passedBeforeFailure(check, end)
    return { check, passed: passed ? true : null }
  })
}

function wasChecked(check: CheckName, scheme: SchemeDescriptor, delivery: VerifiedDelivery): boolean {
  // A custom scheme's verifier may return a time that the descriptor does not name.
  if (check === 'timestamp') return Boolean(scheme.timestamp) || delivery.timestamp !== undefined
  return check !== 'identity' || delivery.idempotencyKey !== undefined
}

const beforeProof: ReadonlySet<CheckName> = new Set(['method', 'length', 'headers'])

/** Whether a check passed before the last failure. */
function passedBeforeFailure(check: CheckName, { scheme, refusals }: VerificationResult): boolean {
  const last = refusals.at(-1)
  if (!last) return false
  const failed = checkByCode[last.code]
  if (check === 'method') return true
  if (failed === 'signature') return beforeProof.has(check)
  if (!last.authentic) return false
  if (beforeProof.has(check) || check === 'signature') return true
  const { timestamp } = scheme
  // A time in a header is checked before the payload is read, one in the body after.
  if (check === 'timestamp') return failed === 'payload' && Boolean(timestamp && 'header' in timestamp)
  return check === 'payload' && failed === 'timestamp'
}
