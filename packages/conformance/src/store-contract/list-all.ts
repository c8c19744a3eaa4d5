import type { DeliveryRecord, InspectableStore, ListOptions } from '@countersign/core/stores'

/** All that a store lists, in the order of the keys. */
export async function listAll(store: InspectableStore, options?: ListOptions): Promise<DeliveryRecord[]> {
  const records: DeliveryRecord[] = []
  for await (const record of store.list(options)) records.push(record)
  return records.sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** Without what else a store may tell, and with nothing left out. */
export function plain(record: DeliveryRecord): DeliveryRecord {
  const { key, state, event, attempts, copies, lastCode, leaseLeftMs, sinceMs } = record
  return { key, state, event, attempts, copies, lastCode, leaseLeftMs, sinceMs }
}
