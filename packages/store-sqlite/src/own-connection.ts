import type { MaybePromise } from '@countersign/core'
import { storeFailure } from '@countersign/core/stores'
import { type DatabaseFile, isReplaced } from './database-file.js'
import { isBusy, isInTransaction, prepare, type SqliteDatabase, type Statement } from './driver.js'
import { failureOf } from './failure-of.js'
import { WaitingLine } from './waiting-line.js'

/** The store's connection: one operation after the other, each whole or not at all. */
export class OwnConnection {
  readonly database: SqliteDatabase
  readonly file: DatabaseFile
  readonly #line: WaitingLine
  readonly #begin: Statement
  readonly #commit: Statement
  readonly #rollback: Statement
  #isClosed = false

  constructor(database: SqliteDatabase, file: DatabaseFile, busyTimeoutMs: number) {
    this.database = database
    this.file = file
    this.#line = new WaitingLine(busyTimeoutMs)
    this.#begin = prepare(database, 'BEGIN IMMEDIATE')
    this.#commit = prepare(database, 'COMMIT')
    this.#rollback = prepare(database, 'ROLLBACK')
  }

  /**
   * Runs `body` in a transaction of its own: at once, or when the file is free. `body` may run more than once.
   *
   * @throws DedupeStoreError always as a rejection
   */
  transact<T>(operation: string, body: () => T): MaybePromise<T> {
    return this.run(operation, () => this.#transact(body))
  }

  /** As {@link transact}, without a transaction: for a single statement. */
  run<T>(operation: string, body: () => T): MaybePromise<T> {
    const attempt = () => {
      this.#check(operation)
      return body()
    }
    if (this.#line.isEmpty) {
      try {
        return attempt()
      } catch (error) {
        if (!isBusy(error)) return Promise.reject(failureOf(operation, error))
      }
    }
    return this.#line.add(attempt).catch((error) => {
      throw failureOf(operation, error)
    })
  }

  /** Resolves when what waited for the file is done. What comes later is refused. */
  async close(): Promise<void> {
    await this.#line.drained()
    this.#isClosed = true
  }

  #transact<T>(body: () => T): T {
    this.#begin.run()
    try {
      const result = body()
      // Not left to a statement's end: drivers drop the error of a commit that comes with the reset of a get().
      this.#commit.run()
      return result
    } catch (error) {
      if (isInTransaction(this.database)) this.#rollback.run()
      throw error
    }
  }

  #check(operation: string): void {
    const refuse = (reason: string): never => {
      throw storeFailure('sqlite', operation, { reason })
    }
    if (this.#isClosed) refuse('it is closed.')
    if (isInTransaction(this.database)) {
      refuse(
        'somebody else has begun a transaction on its connection. Give the store a connection of its own; ' +
          'what is to commit together with your effects goes through completeIn, on your connection.',
      )
    }
    if (isReplaced(this.file)) {
      refuse(
        `its file was deleted or replaced: ${this.file.path}. Restart the process to use what is there now.`,
      )
    }
  }
}
