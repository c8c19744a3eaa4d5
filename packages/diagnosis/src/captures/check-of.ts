import type { VerificationErrorCode } from '@countersign/core'

/** What a receiver checks, in the order of its way. */
export const checkNames = [
  'method',
  'length',
  'headers',
  'signature',
  'timestamp',
  'payload',
  'identity',
] as const

/** One of {@link checkNames}. */
export type CheckName = (typeof checkNames)[number]

/** Which check refuses with a code. */
export const checkOf: Readonly<Record<VerificationErrorCode, CheckName>> = {
  ERR_WEBHOOK_METHOD_NOT_ALLOWED: 'method',
  ERR_WEBHOOK_BODY_TOO_LARGE: 'length',
  ERR_WEBHOOK_BODY_TIMEOUT: 'length',
  ERR_WEBHOOK_BODIES_PENDING: 'length',
  ERR_WEBHOOK_BODY_INCOMPLETE: 'length',
  ERR_WEBHOOK_BODY_ENCODED: 'length',
  ERR_WEBHOOK_HEADER_MISSING: 'headers',
  ERR_WEBHOOK_HEADER_MALFORMED: 'headers',
  ERR_WEBHOOK_HEADER_AMBIGUOUS: 'headers',
  ERR_WEBHOOK_SIGNATURE_MISMATCH: 'signature',
  ERR_WEBHOOK_VERIFIER_FAILED: 'signature',
  ERR_WEBHOOK_VERIFIER_TIMEOUT: 'signature',
  ERR_WEBHOOK_SECRET_EXPIRED: 'signature',
  ERR_WEBHOOK_TENANT_UNKNOWN: 'signature',
  ERR_WEBHOOK_TIMESTAMP_MISSING: 'timestamp',
  ERR_WEBHOOK_TIMESTAMP_MALFORMED: 'timestamp',
  ERR_WEBHOOK_TIMESTAMP_TOO_OLD: 'timestamp',
  ERR_WEBHOOK_TIMESTAMP_TOO_NEW: 'timestamp',
  ERR_WEBHOOK_PAYLOAD_MALFORMED: 'payload',
  ERR_WEBHOOK_PAYLOAD_INVALID: 'payload',
}
