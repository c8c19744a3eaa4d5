import type { DeliveryRecord } from '@countersign/core/stores'
import type { KeyParts } from './parse-key.js'
import { predictRetry } from './predict-retry.js'

const noParts = { endpoint: null, tenant: null, scheme: null, event: null }

/** A record for machines. Every field is always present; unknown values are null. */
export function recordToJson(record: DeliveryRecord, parts: KeyParts | undefined): object {
  const { key, state, attempts, copies, lastCode = null, leaseLeftMs = null, sinceMs = null } = record
  return {
    key,
    state,
    attempts,
    copies,
    lastCode,
    leaseLeftMs,
    sinceMs,
    senderRetry: predictRetry(record, parts?.scheme) ?? null,
    ...(parts ?? noParts),
    event: record.event ?? parts?.event ?? null,
  }
}
