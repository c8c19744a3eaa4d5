import type { DeliveryRecord, ListOptions, RecordCounts, RecordState } from '@countersign/core/stores'
import { readKey } from '@countersign/core/stores'
import { noAnswer, type PostgresRecords } from './postgres-records.js'
import { countStatement, listStatement } from './statements/inspect.js'
import type { StatementSettings } from './statements/statement.js'

const allStates: readonly RecordState[] = [
  'free',
  'claimed',
  'acked',
  'orphaned',
  'held',
  'failed',
  'completed',
]
const listedStates = allStates.filter((state) => state !== 'free' && state !== 'completed')
const pageSize = 500

/** The operator's view, by pages in the order of digests: deleting what was listed moves nothing. */
export function inspectRecords(records: PostgresRecords, settings: StatementSettings) {
  const listing = listStatement(settings, pageSize)
  const counting = countStatement(settings)

  return {
    async *list({ states = listedStates }: ListOptions = {}): AsyncGenerator<DeliveryRecord, void> {
      let after = ''
      while (true) {
        const rows = await records.rowsOf(listing, [after, states.join(',')])
        for (const row of rows) {
          const { digest, record } = readRecord(row)
          after = digest
          yield record
        }
        if (rows.length < pageSize) return
      }
    },
    async count(): Promise<RecordCounts> {
      const counts = Object.fromEntries(allStates.map((state) => [state, 0])) as Record<RecordState, number>
      for (const row of await records.rowsOf(counting, [])) {
        const [state = '', count] = row.split(' ')
        if (!isState(state) || !(Number(count) >= 0)) throw noAnswer('count')
        counts[state] = Number(count)
      }
      return counts
    },
  }
}

function readRecord(row: string): { readonly digest: string; readonly record: DeliveryRecord } {
  let fields: unknown
  try {
    fields = JSON.parse(row)
  } catch {
    throw noAnswer('list')
  }
  if (!Array.isArray(fields)) throw noAnswer('list')
  const [digest, key, state, leaseLeftMs, sinceMs, event, attempts, copies, lastCode] = fields
  if (typeof digest !== 'string' || typeof key !== 'string' || !isState(state)) throw noAnswer('list')
  const record = {
    key: readKey(key),
    state,
    event: readText(event),
    attempts: Number(attempts),
    copies: Number(copies),
    lastCode: readText(lastCode),
    leaseLeftMs: leaseLeftMs ?? undefined,
    sinceMs: sinceMs ?? undefined,
  }
  return { digest, record }
}

function readText(written: unknown): string | undefined {
  return typeof written === 'string' ? readKey(written) : undefined
}

function isState(text: unknown): text is RecordState {
  return allStates.includes(text as RecordState)
}
