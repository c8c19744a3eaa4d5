import type { MaybePromise } from '@countersign/core/stores'
import { prepare, type Statement } from './connection/statement.js'
import type { StoreConnection } from './connection/store-connection.js'
import type { Statements } from './statements.js'

/** Claims between two runs in the background. Each leaves at most one record to delete, so that a run removes more than claims add. */
export const claimsPerRun = 100

/** Records for one statement: it locks the file for a few milliseconds. */
const batchSize = 200

/** Deletes forgotten records, so that the file does not grow without end. */
export class SqlitePruning {
  readonly #connection: StoreConnection
  readonly #statement: Statement
  readonly #now: () => number

  constructor(connection: StoreConnection, { prune }: Statements, now: () => number) {
    this.#connection = connection
    this.#statement = prepare(connection.database, prune)
    this.#now = now
  }

  /** Deletes all forgotten records, or stops when `limit` are deleted. */
  async prune({ limit = Number.POSITIVE_INFINITY }: { readonly limit?: number } = {}): Promise<number> {
    let total = 0
    while (total < limit) {
      const size = Math.min(batchSize, limit - total)
      const deleted = await this.#deleteBatch(size)
      total += deleted
      if (deleted < size) break
      await new Promise((resolve) => setImmediate(resolve))
    }
    return total
  }

  /** Deletes one batch. */
  pruneSome(): MaybePromise<number> {
    return this.#deleteBatch(batchSize)
  }

  #deleteBatch(size: number): MaybePromise<number> {
    return this.#connection.transact('prune', () => Number(this.#statement.run(this.#now(), size).changes))
  }
}
