import { refuseStoreOption } from '@countersign/core/stores'
import type { SqliteDatabase } from './client-types.js'
import { type DatabaseFile, fileOf } from './connection/database-file.js'
import { isInTransaction, prepare } from './connection/statement.js'
import { StoreConnection } from './connection/store-connection.js'
import { describeFailure, isBusy } from './describe-failure.js'
import { migrateTable } from './migrate.js'
import type { SqliteSettings } from './options.js'

/** How long one try may block the process. What is still locked then is tried again later. */
const blockingMs = 10
/** Between two tries of setting up, when nothing else can be done. */
const pauseMs = 5

/**
 * Sets the user's connection up and creates the table if it is missing. Several processes may do so at once, and only one
 * at a time can switch WAL on: so this waits, and blocks the process, for up to `busyTimeoutMs`.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` for a connection the store cannot use
 * @throws DedupeStoreError
 */
export function resolveClient({ database, table, busyTimeoutMs }: SqliteSettings): StoreConnection {
  const deadline = performance.now() + busyTimeoutMs
  for (;;) {
    try {
      checkClient(database)
      const file = setUp(database)
      migrateTable(database, table)
      return new StoreConnection(database, file, busyTimeoutMs)
    } catch (cause) {
      if (!isBusy(cause) || performance.now() >= deadline) throw describeFailure('open', cause)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs)
    }
  }
}

function checkClient(database: SqliteDatabase): void {
  const { prepare, exec, inTransaction = Object(database).isTransaction } = Object(database)
  if (typeof prepare !== 'function' || typeof exec !== 'function') {
    refuse(
      'database must be a connection of better-sqlite3, node:sqlite or bun:sqlite: database: new Database(path)',
    )
  }
  if (typeof inTransaction !== 'boolean') {
    refuse(
      'database must be open and have inTransaction or isTransaction; node:sqlite has it since Node 22.16',
    )
  }
  if (isInTransaction(database))
    refuse('database is in a transaction; give the store a connection of its own')
}

function setUp(database: SqliteDatabase): DatabaseFile {
  database.exec(`PRAGMA busy_timeout = ${blockingMs}`)
  const file = fileOf(database)
  if (!file) {
    return refuse(
      'database is in memory, where records end with the process; open a file, or use memoryStore() of @countersign/core',
    )
  }
  const journal = Object(prepare(database, 'PRAGMA journal_mode = WAL').get()).journal_mode
  if (journal !== 'wal') {
    refuse(
      `database stays in journal mode ${journal}; the store needs WAL, which needs a local disk and no network drive`,
    )
  }
  database.exec('PRAGMA synchronous = FULL')
  const { synchronous } = Object(prepare(database, 'PRAGMA synchronous').get())
  if (Number(synchronous) !== 2) refuse('database does not accept PRAGMA synchronous = FULL')
  return file
}

function refuse(problem: string): never {
  return refuseStoreOption('sqliteStore', problem)
}
