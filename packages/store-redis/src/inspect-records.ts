import { type DeliveryRecord, type RecordCounts, type RecordState, readKey } from '@countersign/core/stores'
import type { SendCommand } from './redis-client.js'
import { scanKeys } from './scan-keys.js'

/** What looking through all records needs. */
export interface Inspection {
  readonly masters: () => Promise<readonly SendCommand[]>
  /** What all keys begin with, where a scan sees them. */
  readonly prefix: string
  readonly inspect: (key: string) => Promise<DeliveryRecord | undefined>
}

const operatorStates: readonly RecordState[] = ['claimed', 'acked', 'orphaned', 'held', 'failed']

/** @param states default: all but `free` and `completed` */
export async function* listRecords(
  inspection: Inspection,
  states: readonly RecordState[] = operatorStates,
): AsyncGenerator<DeliveryRecord> {
  for await (const records of inspectAll(inspection)) {
    yield* records.filter(({ state }) => states.includes(state))
  }
}

export async function countRecords(inspection: Inspection): Promise<RecordCounts> {
  const counts = { free: 0, claimed: 0, acked: 0, orphaned: 0, held: 0, failed: 0, completed: 0 }
  for await (const records of inspectAll(inspection)) {
    for (const { state } of records) counts[state]++
  }
  return counts
}

async function* inspectAll({ masters, prefix, inspect }: Inspection): AsyncGenerator<DeliveryRecord[]> {
  const nodes = await masters()
  if (nodes.length === 0) throw new Error('The client knows no node to look for keys at.')
  for await (const keys of scanKeys(nodes, prefix)) {
    const records = await Promise.all(keys.map((key) => inspect(readKey(key))))
    yield records.filter((record) => record !== undefined)
  }
}
