import type { RecordState } from '../stores/inspectable-store.js'
import type { RecordNotes } from './record-notes.js'

/** A record that someone owns (claimed, acked, held), or that failed and is the operator's. */
export interface ClaimedRecord extends RecordNotes {
  /** Undefined once the record failed. */
  token: string | undefined
  attempts: number
  /** The latest signed time of a counted attempt. */
  attemptedAt: number | undefined
  /** Once the record failed: when it did. */
  leaseUntil: number
  retainUntil: number
  /** After the lease's end only the owner may settle it. */
  hold: boolean
  /** The sender was answered 2xx and will not come again. */
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

/** What the record is to an operator. */
export function readState(record: ClaimedRecord, now: number): RecordState {
  if (isFailed(record)) return 'failed'
  if (isLive(record, now)) return record.acked ? 'acked' : 'claimed'
  if (record.acked) return 'orphaned'
  return record.hold ? 'held' : 'free'
}

/** Ends it for good: from now on it is the operator's. */
export function failRecord(record: ClaimedRecord, now: number, code: string | undefined): void {
  record.token = undefined
  record.code = code || undefined
  record.leaseUntil = now
}

/** The time from which the key is as if never seen; never, for what is the operator's. */
export function computeExpiry(record: ClaimedRecord): number {
  const stays = isFailed(record) || record.hold || record.acked
  return stays ? Number.POSITIVE_INFINITY : Math.max(record.retainUntil, record.leaseUntil)
}
