import type { CompleteRequest } from '@countersign/core'
import { writeKey } from '@countersign/core/stores'
import { fileOf } from './database-file.js'
import { isInTransaction, prepare, type SqliteDatabase, type Statement } from './driver.js'
import { failureOf } from './failure-of.js'
import type { OwnConnection } from './own-connection.js'
import { refuseOption } from './refuse-option.js'
import { after } from './transitions.js'

/** Completes records on the user's connections, inside the transactions that are open there. */
export class UsersTransactions {
  readonly #own: OwnConnection
  readonly #sql: string
  readonly #statements = new WeakMap<SqliteDatabase, Statement>()

  constructor(own: OwnConnection, sql: string) {
    this.#own = own
    this.#sql = sql
  }

  /**
   * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` for a connection where nothing could commit together
   * @throws DedupeStoreError
   */
  complete(database: SqliteDatabase, request: CompleteRequest, now: number): boolean {
    const { key, token, fingerprint, retentionMs } = request
    try {
      this.#check(database)
      const { changes } = this.#prepare(database).run(
        fingerprint,
        after(now, retentionMs),
        writeKey(key),
        token,
        now,
      )
      return Number(changes) === 1
    } catch (cause) {
      throw failureOf('complete', cause)
    }
  }

  #check(database: SqliteDatabase): void {
    if (typeof Object(database).prepare !== 'function') {
      refuseOption('completeIn takes your connection, on which your transaction is open')
    }
    if (database === this.#own.database) {
      refuseOption('completeIn takes your connection, not the one that the store has for itself')
    }
    if (!isInTransaction(database)) {
      refuseOption(
        'completeIn needs a transaction that is open on your connection, as in db.transaction(() => { ... }).immediate()',
      )
    }
  }

  #prepare(database: SqliteDatabase): Statement {
    const known = this.#statements.get(database)
    if (known) return known
    const file = fileOf(database)
    if (!file) {
      refuseOption('completeIn cannot reach into a database in memory; open the file that the store has')
    }
    if (file.identity !== this.#own.file.identity) {
      refuseOption(
        `completeIn takes a connection to the store's own file, ${this.#own.file.path}, not to ${file.path}`,
      )
    }
    const statement = prepare(database, this.#sql)
    this.#statements.set(database, statement)
    return statement
  }
}
