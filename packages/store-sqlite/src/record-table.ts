import type { MaybePromise } from '@countersign/core'
import { writeKey } from '@countersign/core/stores'
import { type DeliveryRow, isForgotten, readRow } from './delivery-row.js'
import { prepare, type Statement } from './driver.js'
import type { OwnConnection } from './own-connection.js'
import type { Sql } from './schema.js'
import type { Change } from './transitions.js'

/** The records, changed one at a time. */
export class RecordTable {
  readonly #connection: OwnConnection
  readonly #read: Statement
  readonly #write: Statement
  readonly #remove: Statement
  readonly #now: () => number

  constructor(connection: OwnConnection, sql: Sql, now: () => number) {
    this.#connection = connection
    this.#read = prepare(connection.database, sql.read)
    this.#write = prepare(connection.database, sql.write)
    this.#remove = prepare(connection.database, sql.remove)
    this.#now = now
  }

  /** Reads a key's record, changes it and answers, all in one transaction. */
  change<T>(operation: string, key: string, change: Change<T>): MaybePromise<T> {
    const text = writeKey(key)
    return this.#connection.transact(operation, () => {
      // Asked for inside of the transaction: who waited for the file must not decide by an earlier time.
      const now = this.#now()
      const found = readRow(this.#read.get(text))
      const { answer, row } = change(found && !isForgotten(found, now) ? found : undefined, now)
      if (row) this.#writeRow(text, row)
      if (row === null) this.#remove.run(text)
      return answer
    })
  }

  #writeRow(key: string, row: DeliveryRow): void {
    const { state, attempts, token, fingerprint, leaseUntil, retainUntil, hold, acked, attemptedAt } = row
    const { runs, copies, event, code } = row
    this.#write.run(
      key,
      state,
      attempts,
      token,
      fingerprint,
      leaseUntil,
      retainUntil,
      hold ? 1 : 0,
      acked ? 1 : 0,
      attemptedAt ?? null,
      runs,
      copies,
      event === undefined ? null : writeKey(event),
      code === undefined ? null : writeKey(code),
    )
  }
}
