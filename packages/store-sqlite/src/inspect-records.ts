import type { DeliveryRecord, ListOptions, RecordCounts, RecordState } from '@countersign/core'
import { readKey } from '@countersign/core/stores'
import { type DeliveryRow, isForgotten, isLive, readRow } from './delivery-row.js'
import { prepare } from './driver.js'
import type { OwnConnection } from './own-connection.js'
import type { Sql } from './schema.js'

/** Read at a time, between two turns of others: less than 5 ms. */
const pageSize = 1_000
const defaultStates: readonly RecordState[] = ['claimed', 'acked', 'orphaned', 'held', 'failed']

/** Looks through all records, page by page. */
export class RecordInspector {
  readonly #connection: OwnConnection
  readonly #readPage: (after: string | undefined) => unknown[]
  readonly #now: () => number

  constructor(connection: OwnConnection, sql: Sql, now: () => number) {
    const [firstPage, nextPage] = [sql.firstPage, sql.nextPage].map((text) =>
      prepare(connection.database, text),
    )
    this.#connection = connection
    this.#readPage = (after) =>
      (after === undefined ? firstPage?.all(pageSize) : nextPage?.all(after, pageSize)) ?? []
    this.#now = now
  }

  async *list({ states = defaultStates }: ListOptions = {}): AsyncGenerator<DeliveryRecord, void, undefined> {
    for await (const { text, state, row, now } of this.#scan('list')) {
      if (states.includes(state)) yield toRecord(readKey(text), state, row, now)
    }
  }

  async count(): Promise<RecordCounts> {
    const counts = { free: 0, claimed: 0, acked: 0, orphaned: 0, held: 0, failed: 0, completed: 0 }
    for await (const { state } of this.#scan('count')) counts[state] += 1
    return counts
  }

  async *#scan(operation: string) {
    let after: string | undefined
    do {
      const page = await this.#connection.run(operation, () =>
        this.#readPage(after).map((found) => ({ text: textOf(found), row: rowOf(found) })),
      )
      const now = this.#now()
      for (const { text, row } of page) {
        if (!isForgotten(row, now)) yield { text, row, state: stateOf(row, now), now }
      }
      after = page.length < pageSize ? undefined : page.at(-1)?.text
      if (after !== undefined) await new Promise((resolve) => setImmediate(resolve))
    } while (after !== undefined)
  }
}

function textOf(found: unknown): string {
  const { key } = Object(found)
  if (typeof key !== 'string') throw new Error('A row without a key.')
  return key
}

function rowOf(found: unknown): DeliveryRow {
  const row = readRow(found)
  if (!row) throw new Error('No row where there was one.')
  return row
}

function stateOf(row: DeliveryRow, now: number): RecordState {
  if (row.state !== 'claimed') return row.state
  if (isLive(row, now)) return row.acked ? 'acked' : 'claimed'
  if (row.acked) return 'orphaned'
  return row.hold ? 'held' : 'free'
}

function toRecord(key: string, state: RecordState, row: DeliveryRow, now: number): DeliveryRecord {
  const { event, runs, copies, code, leaseUntil } = row
  const isReleased = row.state === 'free' && code !== undefined
  const isOver = row.state === 'failed' || isReleased || (row.state === 'claimed' && !isLive(row, now))
  return {
    key,
    state,
    event,
    attempts: runs,
    copies,
    lastCode: code,
    leaseLeftMs: isLive(row, now) ? leaseUntil - now : undefined,
    sinceMs: isOver ? Math.max(0, now - leaseUntil) : undefined,
  }
}
