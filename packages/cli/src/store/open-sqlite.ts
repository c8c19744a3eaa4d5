import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { SqliteDatabase, sqliteStore } from '@countersign/store-sqlite'
import { CliError } from '../cli-error.js'
import { databaseError } from './connection-failure.js'
import { loadFirst, loadPackage } from './load-package.js'
import type { Migration, OpenedStore, Opening, StoreNames } from './opened-store.js'

type MakeDatabase = new (path: string) => SqliteDatabase & { close(): void }

/**
 * Opens a store in a file that is there, over better-sqlite3 of the project or Node's own SQLite. For a migration the file need not
 * be there, nor the table: to open the store makes them.
 */
export async function openSqlite(
  file: string,
  names: StoreNames,
  cwd: string,
  { isMigration = false }: Opening = {},
): Promise<OpenedStore> {
  const { table = 'countersign_deliveries' } = names
  const { exports } = await loadFirst(['@countersign/store-sqlite'], cwd)
  const makeStore = exports.sqliteStore as typeof sqliteStore
  const Database = await loadDriver(cwd)
  const path = resolve(cwd, file)
  // To open it would make it.
  if (!isMigration && !existsSync(path)) throw new CliError(`there is no file "${file}"`)
  let database: InstanceType<MakeDatabase> | undefined
  try {
    database = new Database(path)
    const before = columnsOf(database, table)
    if (!isMigration && before === 0) throw noTable(file, table)
    const store = makeStore({ database, table, prune: 'manual' })
    const opened = database
    const close = async () => {
      await store.close()
      opened.close()
    }
    const migration = migrationBetween(before, columnsOf(database, table))
    return { store, close, migrate: async () => migration }
  } catch (error) {
    database?.close()
    throw databaseError('SQLite', error)
  }
}

async function loadDriver(cwd: string): Promise<MakeDatabase> {
  const better = await loadPackage('better-sqlite3', cwd)
  if (better) return better.default as MakeDatabase
  // Node 22.16 is the first whose connections tell whether they are in a transaction, which the store needs.
  const own = process.getBuiltinModule?.('node:sqlite') as { DatabaseSync?: MakeDatabase } | undefined
  if (own?.DatabaseSync && 'isTransaction' in own.DatabaseSync.prototype) return own.DatabaseSync
  throw new CliError(
    'this project has no better-sqlite3; npm install better-sqlite3, or run Node 22.16 or later',
  )
}

/** How many there are; none where there is no such table. */
function columnsOf(database: SqliteDatabase, table: string): number {
  const find = database.prepare('SELECT name FROM pragma_table_info(?)')
  return (find.all as (name: string) => unknown[]).call(find, table).length
}

function migrationBetween(before: number, after: number): Migration {
  if (before === 0) return 'created'
  return before < after ? 'updated' : 'unchanged'
}

/** The store would make it, and a name that was mistyped would look like a store without records. */
function noTable(file: string, table: string): CliError {
  return new CliError(
    `"${file}" has no table ${table}; name it with --table, or another file, or make it with countersign store migrate`,
  )
}
