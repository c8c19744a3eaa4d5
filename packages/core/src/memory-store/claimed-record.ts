import type { RecordState } from '../stores/inspectable-store.js'
import type { RecordNotes } from './record-notes.js'

/** A record that is claimed, acked or held, or that failed and is kept for the operator. */
export interface ClaimedRecord extends RecordNotes {
  /** Undefined once the record failed. */
  token: string | undefined
  attempts: number
  /** The latest signed timestamp of a counted attempt. */
  attemptedAt: number | undefined
  /** The end of the lease; for a failed record, the time of the failure. */
  leaseUntil: number
  retainUntil: number
  /** After the end of the lease, only its owner may settle it. */
  hold: boolean
  /** The sender got a 2xx and will not retry. */
  acked: boolean
}

export function isFailed(record: ClaimedRecord): boolean {
  return record.token === undefined
}

export function isLive(record: ClaimedRecord, now: number): boolean {
  return !isFailed(record) && now < record.leaseUntil
}

export function isHeld(record: ClaimedRecord, now: number): boolean {
  return !isFailed(record) && record.hold && now >= record.leaseUntil
}

/** The record's state, as an operator sees it. */
export function readState(record: ClaimedRecord, now: number): RecordState {
  if (isFailed(record)) return 'failed'
  if (isLive(record, now)) return record.acked ? 'acked' : 'claimed'
  if (record.acked) return 'orphaned'
  return record.hold ? 'held' : 'free'
}

/** Marks a record as failed: from now on it is kept for the operator. */
export function failRecord(record: ClaimedRecord, now: number, code: string | undefined): void {
  record.token = undefined
  record.code = code || undefined
  record.leaseUntil = now
}

/** When the record expires; `Infinity` if it is kept for the operator. */
export function computeExpiry(record: ClaimedRecord): number {
  const stays = isFailed(record) || record.hold || record.acked
  return stays ? Number.POSITIVE_INFINITY : Math.max(record.retainUntil, record.leaseUntil)
}
