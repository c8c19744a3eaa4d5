import type { InspectableStore, TransactionalStore } from '@countersign/core/stores'
import { pruneInBackground } from '@countersign/core/stores'
import type { PostgresTransaction } from './client-types.js'
import { PostgresInspection } from './inspection.js'
import { type Migration, migrateTable } from './migrate.js'
import { type PostgresStoreOptions, readOptions } from './options.js'
import { claimsPerRun, PostgresPruning } from './prune-records.js'
import { PostgresRecords } from './records.js'
import { StatementRunner } from './statements/statement-runner.js'
import { PostgresTransactions } from './transactions.js'

/** A dedupe store in a table of PostgreSQL; see {@link postgresStore}. */
export interface PostgresStore extends InspectableStore, TransactionalStore<PostgresTransaction> {
  /**
   * Creates the table if it is missing, and adds the columns that the table of an earlier version lacks. Any number of
   * processes may call it at once. Where the role may not create or change tables, run the package's `schema.sql` instead.
   *
   * @returns what it did; `'unchanged'` if the table was up to date
   * @throws DedupeStoreError `ERR_WEBHOOK_STORE_UNAVAILABLE`
   */
  migrate(): Promise<Migration>
  /**
   * Reads the whole table, some pages at a time, and deletes the forgotten records. It skips those that are locked.
   *
   * @param options.limit the most records to delete; default all
   * @returns how many it deleted
   * @throws DedupeStoreError `ERR_WEBHOOK_STORE_UNAVAILABLE`
   */
  prune(options?: { readonly limit?: number }): Promise<number>
  /** Waits for the pruning that runs in the background and starts no more. Your client stays open. */
  close(): Promise<void>
}

/**
 * Creates a dedupe store in a table of PostgreSQL 14 or later, for all processes that use the table. Each operation is one
 * statement, and times are the database's. Call `migrate()` once before the first delivery.
 *
 * Every operation rejects with DedupeStoreError `ERR_WEBHOOK_STORE_UNAVAILABLE` when PostgreSQL or the client fails.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` for a client it cannot use or a wrong option
 *
 * @example
 * ```ts
 * import { postgresStore } from '@countersign/store-postgres'
 * import { Pool } from 'pg'
 *
 * const pool = new Pool({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 1_500 })
 * const store = postgresStore({ client: pool })
 * await store.migrate()
 * ```
 */
export function postgresStore(options: PostgresStoreOptions): PostgresStore {
  const settings = readOptions(options)
  const runner = new StatementRunner(settings)
  const records = new PostgresRecords(runner, settings)
  const transactions = new PostgresTransactions(runner, settings)
  const inspection = new PostgresInspection(runner, settings)
  const pruning = new PostgresPruning(runner, settings)
  const background = pruneInBackground(claimsPerRun, () => pruning.pruneSome())

  return {
    name: 'postgres',
    shared: true,
    claim: (request) => {
      if (settings.prunesInBackground) background.countClaim()
      return records.claim(request)
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
    migrate: () => migrateTable(runner, settings.table),
    prune: (options) => pruning.prune(options),
    close: () => background.end(),
  }
}
