import type { DeliveryRecord, RecordState } from './inspectable-store.js'
import { isLive, type OwnedRecord, stateOf } from './owned-record.js'
import type { SettledRecord } from './settled-records.js'

/** What is listed unless other states are asked for. */
export const unsettledStates: readonly RecordState[] = ['claimed', 'acked', 'orphaned', 'held', 'failed']

/** A record of the memory store as an operator sees it; times in whole milliseconds. */
export function inspectOwned(key: string, record: OwnedRecord, now: number): DeliveryRecord {
  const { attempts, leaseUntil } = record
  const times = isLive(record, now)
    ? { leaseLeftMs: Math.ceil(leaseUntil - now), sinceMs: undefined }
    : { leaseLeftMs: undefined, sinceMs: Math.floor(now - leaseUntil) }
  return { key, state: stateOf(record, now), attempts, ...times }
}

/** A record that nobody owns. Since when, it does not say. */
export function inspectSettled(key: string, { attempts, completion }: SettledRecord): DeliveryRecord {
  const state = completion ? 'completed' : 'free'
  return { key, state, attempts, leaseLeftMs: undefined, sinceMs: undefined }
}
