import type {
  ClaimRequest,
  ClaimResult,
  CompleteRequest,
  DeliveryRecord,
  FailRequest,
  InspectableStore,
  ListOptions,
  MaybePromise,
  OwnedKey,
  RecordCounts,
  ReleaseRequest,
  ReleaseResult,
  TransactionalStore,
} from '@countersign/core'
import type { SqliteDatabase } from './driver.js'
import { RecordInspector } from './inspect-records.js'
import { openDatabase } from './open-database.js'
import { type SqliteStoreOptions, settleOptions } from './options.js'
import { OwnConnection } from './own-connection.js'
import { Pruner } from './prune-records.js'
import { RecordTable } from './record-table.js'
import { sqlFor } from './schema.js'
import * as transitions from './transitions.js'
import { UsersTransactions } from './users-transactions.js'

/** A dedupe store in an SQLite file; see {@link sqliteStore}. */
export interface SqliteStore extends InspectableStore, TransactionalStore<SqliteDatabase> {
  readonly name: 'sqlite'
  /**
   * Completes inside the transaction that is open on `transaction`: your own connection to the same file, never the
   * store's. Answers at once, so that it can stand in better-sqlite3's `db.transaction(() => { ... })`.
   *
   * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` where nothing could commit together
   * @throws DedupeStoreError `ERR_WEBHOOK_STORE_UNAVAILABLE`
   */
  completeIn(transaction: SqliteDatabase, request: CompleteRequest): boolean
  /**
   * Removes forgotten records, in batches between which others get their turn.
   *
   * @param options.limit how many at the most; all by default
   * @returns how many
   * @throws DedupeStoreError `ERR_WEBHOOK_STORE_UNAVAILABLE`
   */
  prune(options?: { readonly limit?: number }): Promise<number>
  close(): Promise<void>
}

/**
 * Makes a dedupe store in an SQLite file, for all processes of one machine. It takes a connection of its own, sets it to
 * WAL and `synchronous=FULL`, and makes its table where that is missing. The connection stays yours to close.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` for a connection it cannot use, and for wrong options
 * @throws DedupeStoreError `ERR_WEBHOOK_STORE_UNAVAILABLE` when the file cannot be written, or stays locked
 *
 * @example
 * const store = sqliteStore({ database: new Database('deliveries.db') })
 */
export function sqliteStore(options: SqliteStoreOptions): SqliteStore {
  return new StoreInFile(options)
}

class StoreInFile implements SqliteStore {
  readonly name = 'sqlite'
  readonly shared = true
  readonly #now: () => number
  readonly #connection: OwnConnection
  readonly #records: RecordTable
  readonly #transactions: UsersTransactions
  readonly #inspector: RecordInspector
  readonly #pruner: Pruner
  readonly #isPruning: boolean

  constructor(options: SqliteStoreOptions) {
    const { database, table, busyTimeoutMs, isPruning, now } = settleOptions(options)
    const sql = sqlFor(table)
    const file = openDatabase(database, sql, busyTimeoutMs)
    this.#now = now
    this.#connection = new OwnConnection(database, file, busyTimeoutMs)
    this.#records = new RecordTable(this.#connection, sql, now)
    this.#transactions = new UsersTransactions(this.#connection, sql.completeOwned)
    this.#inspector = new RecordInspector(this.#connection, sql, now)
    this.#pruner = new Pruner(this.#connection, sql, now)
    this.#isPruning = isPruning
  }

  claim(request: ClaimRequest): MaybePromise<ClaimResult> {
    const answer = this.#records.change('claim', request.key, transitions.claim(request))
    if (this.#isPruning) this.#pruner.countClaim()
    return answer
  }

  extend(request: OwnedKey & { readonly leaseMs: number }): MaybePromise<boolean> {
    return this.#records.change('extend', request.key, transitions.extend(request))
  }

  acknowledge(request: OwnedKey): MaybePromise<boolean> {
    return this.#records.change('acknowledge', request.key, transitions.acknowledge(request))
  }

  complete(request: CompleteRequest): MaybePromise<boolean> {
    return this.#records.change('complete', request.key, transitions.complete(request))
  }

  release(request: ReleaseRequest): MaybePromise<ReleaseResult> {
    return this.#records.change('release', request.key, transitions.release(request))
  }

  fail(request: FailRequest): MaybePromise<boolean> {
    return this.#records.change('fail', request.key, transitions.fail(request))
  }

  forget(request: { readonly key: string; readonly force?: boolean }): MaybePromise<boolean> {
    return this.#records.change('forget', request.key, transitions.forget(request))
  }

  completeIn(transaction: SqliteDatabase, request: CompleteRequest): boolean {
    return this.#transactions.complete(transaction, request, this.#now())
  }

  isCompleted(request: OwnedKey): MaybePromise<boolean> {
    return this.#records.change('confirm', request.key, transitions.confirm(request))
  }

  list(options?: ListOptions): AsyncIterable<DeliveryRecord> {
    return this.#inspector.list(options)
  }

  count(): Promise<RecordCounts> {
    return this.#inspector.count()
  }

  prune({ limit = Number.POSITIVE_INFINITY }: { readonly limit?: number } = {}): Promise<number> {
    return this.#pruner.prune(limit)
  }

  close(): Promise<void> {
    return this.#connection.close()
  }
}
