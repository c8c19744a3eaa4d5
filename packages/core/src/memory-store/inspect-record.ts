import type { DeliveryRecord } from '../stores/inspectable-store.js'
import { type ClaimedRecord, isLive, readState } from './claimed-record.js'
import type { RecordNotes } from './record-notes.js'
import { freeSince, type SettledRecord } from './settled-records.js'

/** Converts a claimed record for an operator; times in whole milliseconds. */
export function inspectClaimed(key: string, record: ClaimedRecord, now: number): DeliveryRecord {
  const { leaseUntil } = record
  const times = isLive(record, now)
    ? { leaseLeftMs: Math.ceil(leaseUntil - now), sinceMs: undefined }
    : { leaseLeftMs: undefined, sinceMs: Math.floor(now - leaseUntil) }
  return { key, state: readState(record, now), ...readNotes(record), ...times }
}

/**
 * Converts a free or completed record for an operator. `sinceMs` is known after a failure only.
 *
 * @param removableAt when it may be evicted
 */
export function inspectSettled(
  key: string,
  record: SettledRecord,
  { removableAt, now }: { readonly removableAt: number; readonly now: number },
): DeliveryRecord {
  const state = record.completion ? 'completed' : 'free'
  const sinceMs =
    record.code === undefined ? undefined : Math.max(0, Math.floor(now - freeSince(removableAt)))
  return { key, state, ...readNotes(record), leaseLeftMs: undefined, sinceMs }
}

function readNotes({ event, runs, copies, code }: Readonly<RecordNotes>) {
  return { event, attempts: runs, copies, lastCode: code }
}
