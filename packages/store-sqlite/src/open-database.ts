import { type DatabaseFile, fileOf } from './database-file.js'
import { isBusy, isInTransaction, prepare, type SqliteDatabase } from './driver.js'
import { failureOf } from './failure-of.js'
import { refuseOption } from './refuse-option.js'
import type { Sql } from './schema.js'

/** How long a try may block the process. What is not free by then is tried again later. */
const blockingMs = 10
/** Between two tries while nothing else can be done yet. */
const pauseMs = 5

/**
 * Sets the store's connection up and makes the table where it is missing. Several processes may do so at once, and
 * WAL can be switched on by one at a time only: so this waits, and blocks, for up to `timeoutMs`.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` for a connection the store cannot use
 * @throws DedupeStoreError
 */
export function openDatabase(database: SqliteDatabase, sql: Sql, timeoutMs: number): DatabaseFile {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    try {
      checkClient(database)
      return setUp(database, sql)
    } catch (cause) {
      if (!isBusy(cause) || performance.now() >= deadline) throw failureOf('open', cause)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs)
    }
  }
}

function checkClient(database: SqliteDatabase): void {
  const { prepare, exec, inTransaction = Object(database).isTransaction } = Object(database)
  if (typeof prepare !== 'function' || typeof exec !== 'function') {
    refuseOption(
      'database must be a connection of better-sqlite3, node:sqlite or bun:sqlite, as in database: new Database(path)',
    )
  }
  if (typeof inTransaction !== 'boolean') {
    refuseOption(
      'database must tell whether it is in a transaction and be open; node:sqlite does since Node 22.16',
    )
  }
  if (inTransaction) refuseOption('database is in a transaction; give the store a connection of its own')
}

function setUp(database: SqliteDatabase, sql: Sql): DatabaseFile {
  database.exec(`PRAGMA busy_timeout = ${blockingMs}`)
  const file = fileOf(database)
  if (!file) {
    refuseOption(
      'database is in memory, where records end with the process; open a file, or use memoryStore() of @countersign/core',
    )
  }
  const journal = Object(prepare(database, 'PRAGMA journal_mode = WAL').get()).journal_mode
  if (journal !== 'wal') {
    refuseOption(
      `database stays in journal mode ${journal}; the store needs WAL, which takes a local disk and no network drive`,
    )
  }
  database.exec('PRAGMA synchronous = FULL')
  const { synchronous } = Object(prepare(database, 'PRAGMA synchronous').get())
  if (Number(synchronous) !== 2) refuseOption('database does not take PRAGMA synchronous = FULL')
  makeTable(database, sql)
  return file
}

/** What is there already takes no lock: a receiver must come up while others write. */
function makeTable(database: SqliteDatabase, sql: Sql): void {
  for (const statement of sql.create) database.exec(statement)
  if (missingColumns(database, sql).length === 0) return
  // In a transaction, so that of several processes one adds them.
  database.exec('BEGIN IMMEDIATE')
  try {
    for (const { add } of missingColumns(database, sql)) database.exec(add)
    database.exec('COMMIT')
  } catch (error) {
    if (isInTransaction(database)) database.exec('ROLLBACK')
    throw error
  }
}

function missingColumns(database: SqliteDatabase, { columnNames, laterColumns }: Sql): Sql['laterColumns'] {
  const names = new Set(
    prepare(database, columnNames)
      .all()
      .map((row) => Object(row).name),
  )
  return laterColumns.filter(({ name }) => !names.has(name))
}
