import { type CompleteRequest, refuseStoreOption, writeKey } from '@countersign/core/stores'
import type { SqliteDatabase } from './client-types.js'
import { fileOf } from './connection/database-file.js'
import { isInTransaction, prepare, type Statement } from './connection/statement.js'
import type { StoreConnection } from './connection/store-connection.js'
import { describeFailure } from './describe-failure.js'
import type { Statements } from './statements.js'
import { after } from './transitions/transition.js'

/** Completes records inside the user's transactions. */
export class SqliteTransactions {
  readonly #connection: StoreConnection
  readonly #sql: string
  readonly #now: () => number
  readonly #statements = new WeakMap<SqliteDatabase, Statement>()

  constructor(connection: StoreConnection, { completeIn }: Statements, now: () => number) {
    this.#connection = connection
    this.#sql = completeIn
    this.#now = now
  }

  /**
   * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` for a connection where nothing could commit together
   * @throws DedupeStoreError
   */
  completeIn(database: SqliteDatabase, request: CompleteRequest): boolean {
    const { key, token, fingerprint, retentionMs } = request
    const now = this.#now()
    try {
      this.#check(database)
      const statement = this.#prepare(database)
      const { changes } = statement.run(fingerprint, after(now, retentionMs), writeKey(key), token, now)
      return Number(changes) === 1
    } catch (cause) {
      throw describeFailure('complete', cause)
    }
  }

  #check(database: SqliteDatabase): void {
    if (typeof Object(database).prepare !== 'function') {
      refuse('pass your connection, on which your transaction is open')
    }
    if (database === this.#connection.database) {
      refuse('pass your own connection, not the one that the store has for itself')
    }
    if (!isInTransaction(database)) {
      refuse(
        'no transaction is open on your connection. Call it within db.transaction(() => { ... }).immediate()',
      )
    }
  }

  #prepare(database: SqliteDatabase): Statement {
    const known = this.#statements.get(database)
    if (known) return known
    const file = fileOf(database)
    if (!file) refuse('your connection is to a database in memory. Open the file that the store has')
    const { path, identity } = this.#connection.file
    if (file.identity !== identity) {
      refuse(`your connection is to ${file.path}. Open the store's own file, ${path}`)
    }
    const statement = prepare(database, this.#sql)
    this.#statements.set(database, statement)
    return statement
  }
}

function refuse(problem: string): never {
  return refuseStoreOption('completeIn', problem)
}
