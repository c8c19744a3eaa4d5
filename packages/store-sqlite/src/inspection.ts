import {
  type DeliveryRecord,
  emptyCounts,
  type ListOptions,
  type RecordCounts,
  type RecordState,
  readKey,
  unsettledStates,
} from '@countersign/core/stores'
import { prepare, type Statement } from './connection/statement.js'
import type { StoreConnection } from './connection/store-connection.js'
import { readKeyedRow } from './read-answer.js'
import type { Statements } from './statements.js'
import { type DeliveryRow, isForgotten, isLive } from './transitions/delivery-row.js'

/** Records for one statement, between which other operations run: less than 5 ms. */
const pageSize = 1_000

/** Lists and counts the records, page by page in the order of keys. */
export class SqliteInspection {
  readonly #connection: StoreConnection
  readonly #firstPage: Statement
  readonly #nextPage: Statement
  readonly #now: () => number

  constructor(connection: StoreConnection, { firstPage, nextPage }: Statements, now: () => number) {
    this.#connection = connection
    this.#firstPage = prepare(connection.database, firstPage)
    this.#nextPage = prepare(connection.database, nextPage)
    this.#now = now
  }

  async *list({
    states = unsettledStates,
  }: ListOptions = {}): AsyncGenerator<DeliveryRecord, void, undefined> {
    for await (const { written, state, row, now } of this.#scan('list')) {
      if (states.includes(state)) yield toRecord(readKey(written), state, row, now)
    }
  }

  async count(): Promise<RecordCounts> {
    const counts = emptyCounts()
    for await (const { state } of this.#scan('count')) counts[state] += 1
    return counts
  }

  async *#scan(operation: string) {
    let after: string | undefined
    do {
      const page = await this.#connection.run(operation, () => this.#readPage(after).map(readKeyedRow))
      const now = this.#now()
      for (const { written, row } of page) {
        if (!isForgotten(row, now)) yield { written, row, state: stateOf(row, now), now }
      }
      after = page.length < pageSize ? undefined : page.at(-1)?.written
      if (after !== undefined) await new Promise((resolve) => setImmediate(resolve))
    } while (after !== undefined)
  }

  #readPage(after: string | undefined): unknown[] {
    return after === undefined ? this.#firstPage.all(pageSize) : this.#nextPage.all(after, pageSize)
  }
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
