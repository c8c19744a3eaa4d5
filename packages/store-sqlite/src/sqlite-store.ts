import type { CompleteRequest, InspectableStore, TransactionalStore } from '@countersign/core/stores'
import { pruneInBackground } from '@countersign/core/stores'
import type { SqliteDatabase } from './client-types.js'
import { SqliteInspection } from './inspection.js'
import { readOptions, type SqliteStoreOptions } from './options.js'
import { claimsPerRun, SqlitePruning } from './prune-records.js'
import { SqliteRecords } from './records.js'
import { resolveClient } from './resolve-client.js'
import { statementsFor } from './statements.js'
import { SqliteTransactions } from './transactions.js'

/** A dedupe store in an SQLite file; see {@link sqliteStore}. */
export interface SqliteStore extends InspectableStore, TransactionalStore<SqliteDatabase> {
  readonly name: 'sqlite'
  /**
   * Completes inside the transaction that is open on `transaction`: your own connection to the same file, never the
   * store's. It returns at once, so you can call it in better-sqlite3's `db.transaction(() => { ... })`.
   *
   * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` for a connection where nothing could commit together
   * @throws DedupeStoreError `ERR_WEBHOOK_STORE_UNAVAILABLE`
   */
  completeIn(transaction: SqliteDatabase, request: CompleteRequest): boolean
  /**
   * Deletes forgotten records, in batches between which other operations run.
   *
   * @param options.limit the most records to delete; default all
   * @returns how many it deleted
   * @throws DedupeStoreError `ERR_WEBHOOK_STORE_UNAVAILABLE`
   */
  prune(options?: { readonly limit?: number }): Promise<number>
  /** Waits for the operations that wait for the file, and refuses later ones. Your connection stays open. */
  close(): Promise<void>
}

/**
 * Creates a dedupe store in an SQLite file, for all processes of one machine. The store needs a connection of its own,
 * sets it to WAL and `synchronous=FULL`, and creates its table if it is missing. You close the connection.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` for a connection it cannot use or a wrong option
 * @throws DedupeStoreError `ERR_WEBHOOK_STORE_UNAVAILABLE` if the file cannot be written, or stays locked
 *
 * @example
 * ```ts
 * import { sqliteStore } from '@countersign/store-sqlite'
 * import Database from 'better-sqlite3'
 *
 * const store = sqliteStore({ database: new Database('deliveries.db') })
 * ```
 */
export function sqliteStore(options: SqliteStoreOptions): SqliteStore {
  const settings = readOptions(options)
  const connection = resolveClient(settings)
  const statements = statementsFor(settings.table)
  const records = new SqliteRecords(connection, statements, settings.now)
  const transactions = new SqliteTransactions(connection, statements, settings.now)
  const inspection = new SqliteInspection(connection, statements, settings.now)
  const pruning = new SqlitePruning(connection, statements, settings.now)
  const background = pruneInBackground(claimsPerRun, () => pruning.pruneSome())

  return {
    name: 'sqlite',
    shared: true,
    claim: (request) => {
      const result = records.claim(request)
      if (settings.prunesInBackground) background.countClaim()
      return result
    },
    extend: (request) => records.extend(request),
    acknowledge: (request) => records.acknowledge(request),
    complete: (request) => records.complete(request),
    release: (request) => records.release(request),
    fail: (request) => records.fail(request),
    forget: (request) => records.forget(request),
    completeIn: (transaction, request) => transactions.completeIn(transaction, request),
    isCompleted: (request) => records.isCompleted(request),
    list: (options) => inspection.list(options),
    count: () => inspection.count(),
    prune: (options) => pruning.prune(options),
    close: async () => {
      await Promise.all([background.end(), connection.close()])
    },
  }
}
