import type { MaybePromise } from '@countersign/core'
import { prepare, type Statement } from './driver.js'
import type { OwnConnection } from './own-connection.js'
import type { Sql } from './schema.js'

/** Removed at a time: a few milliseconds in which the file is locked. */
const batchSize = 200
/** Claims between two batches. Each can leave one record behind, so that what is due shrinks. */
const claimsPerBatch = 100

/** Removes what is forgotten, so that the file does not grow without end. */
export class Pruner {
  readonly #connection: OwnConnection
  readonly #prune: Statement
  readonly #now: () => number
  // From anywhere, or processes that end after a few claims would never come to it.
  #claimsLeft = Math.floor(Math.random() * claimsPerBatch)

  constructor(connection: OwnConnection, sql: Sql, now: () => number) {
    this.#connection = connection
    this.#prune = prepare(connection.database, sql.prune)
    this.#now = now
  }

  /** Once in a while, a batch. That it fails is no matter: the next claim tells, or the next batch. */
  countClaim(): void {
    this.#claimsLeft -= 1
    if (this.#claimsLeft > 0) return
    this.#claimsLeft = claimsPerBatch
    Promise.resolve(this.#removeBatch(batchSize)).catch(() => undefined)
  }

  /** How many it removed, `limit` at the most. */
  async prune(limit: number): Promise<number> {
    let removed = 0
    while (removed < limit) {
      const size = Math.min(batchSize, limit - removed)
      const count = await this.#removeBatch(size)
      removed += count
      if (count < size) break
      await new Promise((resolve) => setImmediate(resolve))
    }
    return removed
  }

  #removeBatch(size: number): MaybePromise<number> {
    return this.#connection.transact('prune', () => Number(this.#prune.run(this.#now(), size).changes))
  }
}
