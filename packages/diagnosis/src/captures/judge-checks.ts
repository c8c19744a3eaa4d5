import type { SchemeDescriptor, VerificationErrorCode, VerifiedDelivery } from '@countersign/core'
import { type CheckName, checkNames, checkOf } from './check-of.js'

/** One check of the way that a receiver goes with a request. */
export interface CaptureCheck {
  readonly check: CheckName
  /** Null: nobody knows, since what came before has failed; or the scheme has nothing to check there. */
  readonly passed: boolean | null
  /** Why it failed. */
  readonly detail?: string
}

/** A refusal on the way. */
export interface Refusal {
  readonly code: VerificationErrorCode
  readonly message: string
  readonly authentic: boolean
}

/** How the way ended. */
export interface WayEnd {
  readonly scheme: SchemeDescriptor
  /** In the order in which they came. After the last one nothing could be checked, unless `delivery` is there. */
  readonly refusals: readonly Refusal[]
  /** What came out once all that could be passed over was. */
  readonly delivery: VerifiedDelivery | undefined
}

/** Says of each check whether it passed. */
export function judgeChecks(end: WayEnd): readonly CaptureCheck[] {
  return checkNames.map((check): CaptureCheck => {
    const refusal = end.refusals.find(({ code }) => checkOf[code] === check)
    if (refusal) return { check, passed: false, detail: refusal.message }
    const passed = end.delivery ? isSettled(check, end.scheme, end.delivery) : isBefore(check, end)
    return { check, passed: passed ? true : null }
  })
}

function isSettled(check: CheckName, scheme: SchemeDescriptor, delivery: VerifiedDelivery): boolean {
  // A custom scheme's verifier may say a time that its data does not name.
  if (check === 'timestamp') return Boolean(scheme.timestamp) || delivery.timestamp !== undefined
  return check !== 'identity' || delivery.idempotencyKey !== undefined
}

const beforeProof: ReadonlySet<CheckName> = new Set(['method', 'length', 'headers'])

/** Whether the way led past a check before it ended. */
function isBefore(check: CheckName, { scheme, refusals }: WayEnd): boolean {
  const last = refusals.at(-1)
  if (!last) return false
  const failed = checkOf[last.code]
  if (check === 'method') return true
  if (failed === 'signature') return beforeProof.has(check)
  if (!last.authentic) return false
  if (beforeProof.has(check) || check === 'signature') return true
  const { timestamp } = scheme
  // A time in a header is checked before the payload is read, one in the body after.
  if (check === 'timestamp') return failed === 'payload' && Boolean(timestamp && 'header' in timestamp)
  return check === 'payload' && failed === 'timestamp'
}
