import { type MaybePromise, storeFailure } from '@countersign/core/stores'
import type { SqliteDatabase } from '../client-types.js'
import { describeFailure, isBusy } from '../describe-failure.js'
import { type DatabaseFile, isReplaced } from './database-file.js'
import { LockQueue } from './lock-queue.js'
import { isInTransaction, prepare, type Statement } from './statement.js'

/** The store's own connection: one operation after the other, each whole or not at all. */
export class StoreConnection {
  readonly database: SqliteDatabase
  readonly file: DatabaseFile
  readonly #queue: LockQueue
  readonly #begin: Statement
  readonly #commit: Statement
  readonly #rollback: Statement
  #isClosed = false

  constructor(database: SqliteDatabase, file: DatabaseFile, busyTimeoutMs: number) {
    this.database = database
    this.file = file
    this.#queue = new LockQueue(busyTimeoutMs)
    this.#begin = prepare(database, 'BEGIN IMMEDIATE')
    this.#commit = prepare(database, 'COMMIT')
    this.#rollback = prepare(database, 'ROLLBACK')
  }

  /**
   * Runs `body` in a transaction: at once, or when no other connection has the file locked. `body` may run more than once.
   *
   * @throws DedupeStoreError, always as a rejection
   */
  transact<T>(operation: string, body: () => T): MaybePromise<T> {
    return this.run(operation, () => this.inTransaction(body))
  }

  /** As {@link transact}, without a transaction: for single statements, which each commit by themselves. */
  run<T>(operation: string, body: () => T): MaybePromise<T> {
    const attempt = () => {
      this.#check(operation)
      return body()
    }
    if (this.#queue.isEmpty) {
      try {
        return attempt()
      } catch (error) {
        if (!isBusy(error)) return Promise.reject(describeFailure(operation, error))
      }
    }
    return this.#queue.add(attempt).catch((error) => {
      throw describeFailure(operation, error)
    })
  }

  /** Resolves when no operation waits for the file. Later ones are refused. */
  async close(): Promise<void> {
    await this.#queue.drained()
    this.#isClosed = true
  }

  /** For the body of {@link run}: runs another one in a transaction. */
  inTransaction<T>(body: () => T): T {
    this.#begin.run()
    try {
      const result = body()
      // An explicit COMMIT, since drivers drop the error of a commit that happens when a get() is reset.
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
        'a transaction is open on its connection. Give the store a connection of its own; ' +
          'to commit together with your effect, call completeIn with your own connection.',
      )
    }
    if (isReplaced(this.file)) {
      refuse(
        `its file was deleted or replaced: ${this.file.path}. Restart the process to use what is there now.`,
      )
    }
  }
}
