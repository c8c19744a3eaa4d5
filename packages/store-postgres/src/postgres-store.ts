import { WebhookConfigurationError } from '@countersign/core'
import {
  type CompleteRequest,
  checkedClock,
  type InspectableStore,
  type TransactionalStore,
} from '@countersign/core/stores'
import type { PostgresClient, PostgresTransaction } from './client-types.js'
import { type Migration, migrateTable } from './migrate.js'
import { openClient } from './open-client.js'
import { openTransaction, requireTransaction } from './open-transaction.js'
import { inspectRecords } from './postgres-inspection.js'
import { PostgresRecords, paramsOfCompletion, readAnswer } from './postgres-records.js'
import { pruneAtTimes } from './prune-at-times.js'
import { createPruner } from './prune-records.js'
import { completeInStatement } from './statements/complete.js'
import { readTableName } from './table-name.js'

/** Options of {@link postgresStore}. */
export interface PostgresStoreOptions {
  /** A Pool of pg, the `sql` of postgres.js, a PGlite database, or a function that runs a statement by itself. It stays yours. */
  readonly client: PostgresClient
  /** The table's name, with its schema or without: `'ops.deliveries'`. Default `'countersign_deliveries'`. */
  readonly table?: string
  /**
   * `'manual'` leaves all forgotten records to your calls of `prune()`. Default `'auto'`: after every 1,000 claims or so a
   * part of the table is gone through in the background.
   */
  readonly prune?: 'auto' | 'manual'
  /**
   * Milliseconds for which a statement waits for a record that another transaction has locked; a claim is then answered
   * as in progress. Default 1,000; let it be less than the receiver's `storeTimeoutMs`.
   */
  readonly lockTimeoutMs?: number
  /**
   * Whether pg and postgres.js prepare each statement once for a connection. Default true. Behind a pooler in transaction mode
   * that does not know prepared statements (PgBouncer before 1.21, or with `max_prepared_statements = 0`) the store notices,
   * says so once with `console.warn`, and goes on without; false begins so.
   */
  readonly prepare?: boolean
  /** Milliseconds since 1970, for tests. Default: the database's clock. */
  readonly now?: () => number
}

/** Deliveries in a table of PostgreSQL. */
export interface PostgresStore extends InspectableStore, TransactionalStore<PostgresTransaction> {
  /**
   * Makes the table where it is missing, and adds the columns that a table of an earlier version lacks. Any number of
   * processes may do so at once. Without the right to make or change tables, have somebody run the package's `schema.sql` instead.
   *
   * @returns what it did; `'unchanged'` where the table was as it should be
   * @throws DedupeStoreError
   */
  migrate(): Promise<Migration>
  /**
   * Reads the whole table, some pages at a time, and deletes what is forgotten; passes over what others have locked.
   *
   * @param options.limit how many at the most; default all
   * @returns how many were deleted
   * @throws DedupeStoreError
   */
  prune(options?: { readonly limit?: number }): Promise<number>
  close(): Promise<void>
}

/**
 * A dedupe store in a table of PostgreSQL 14 or later, which every process that uses the table shares. Each operation is one
 * statement; times are the database's.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID`
 */
export function postgresStore(options: PostgresStoreOptions): PostgresStore {
  const { client, table = 'countersign_deliveries', lockTimeoutMs = 1_000, prepare = true, now } = options
  if (!(Number.isInteger(lockTimeoutMs) && lockTimeoutMs > 0 && lockTimeoutMs <= 2_147_483_647)) {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_OPTION_INVALID',
      'lockTimeoutMs must be a whole number of milliseconds from 1 on.',
    )
  }
  const name = readTableName(table)
  const settings = {
    run: openClient(client, prepare),
    table: name.table,
    written: name.written,
    lockTimeoutMs,
    ownClock: now !== undefined,
    now: now && checkedClock('postgres', now),
  }
  const records = new PostgresRecords(settings)
  const completingIn = completeInStatement(settings)

  const { prune, pruneSome } = createPruner(records, settings)
  const inBackground = pruneAtTimes(pruneSome)

  return {
    name: 'postgres',
    shared: true,
    claim(request) {
      if (options.prune !== 'manual') inBackground.count()
      return records.claim(request)
    },
    extend: (request) => records.extend(request),
    acknowledge: (request) => records.acknowledge(request),
    complete: (request) => records.complete(request),
    release: (request) => records.release(request),
    fail: (request) => records.fail(request),
    forget: (request) => records.forget(request),
    isCompleted: (request) => records.isCompleted(request),
    async completeIn(transaction: PostgresTransaction, request: CompleteRequest) {
      const run = openTransaction(transaction)
      await records.explain('completeIn', () => requireTransaction(transaction, run, request.token))
      const [row = 'false'] = await records.rowsOf(completingIn, paramsOfCompletion(request), run)
      return readAnswer(row, completingIn.operation)
    },
    ...inspectRecords(records, settings),
    migrate: () => migrateTable(records, name),
    prune,
    close: () => inBackground.end(),
  }
}
