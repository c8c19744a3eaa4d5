import type { DeliveryRecord } from './inspectable-store.js'
import { isLive, type OwnedRecord, stateOf } from './owned-record.js'
import type { RecordNotes } from './record-notes.js'
import { freeSince, type SettledRecord } from './settled-records.js'

/** A record of the memory store as an operator sees it; times in whole milliseconds. */
export function inspectOwned(key: string, record: OwnedRecord, now: number): DeliveryRecord {
  const { leaseUntil } = record
  const times = isLive(record, now)
    ? { leaseLeftMs: Math.ceil(leaseUntil - now), sinceMs: undefined }
    : { leaseLeftMs: undefined, sinceMs: Math.floor(now - leaseUntil) }
  return { key, state: stateOf(record, now), ...tellNotes(record), ...times }
}

/**
 * A record that nobody owns. Since when it is so, it says after a failure alone.
 *
 * @param removableAt from when it may be removed
 */
export function inspectSettled(
  key: string,
  record: SettledRecord,
  { removableAt, now }: { readonly removableAt: number; readonly now: number },
): DeliveryRecord {
  const state = record.completion ? 'completed' : 'free'
  const sinceMs =
    record.code === undefined ? undefined : Math.max(0, Math.floor(now - freeSince(removableAt)))
  return { key, state, ...tellNotes(record), leaseLeftMs: undefined, sinceMs }
}

function tellNotes({ event, runs, copies, code }: Readonly<RecordNotes>) {
  return { event, attempts: runs, copies, lastCode: code }
}
