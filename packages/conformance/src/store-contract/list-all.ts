import type { DeliveryRecord, InspectableStore, ListOptions } from '@countersign/core/stores'

/** Lists all records of a store, in the order of their keys. */
export async function listAll(store: InspectableStore, options?: ListOptions): Promise<DeliveryRecord[]> {
  const records: DeliveryRecord[] = []
  for await (const record of store.list(options)) records.push(record)
  return records.sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** The fields that every store must list, including undefined ones. */
export function plain(record: DeliveryRecord): DeliveryRecord {
  const { key, state, event, attempts, copies, lastCode, leaseLeftMs, sinceMs } = record
  return { key, state, event, attempts, copies, lastCode, leaseLeftMs, sinceMs }
}
