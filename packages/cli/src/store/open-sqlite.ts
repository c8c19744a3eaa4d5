import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { SqliteDatabase, sqliteStore } from '@countersign/store-sqlite'
import { CliError } from '../errors/cli-error.js'
import { loadFirst, loadPackage } from './load-package.js'
import type { Migration, OpenedStore, Opening, StoreNames } from './opened-store.js'
import { toDatabaseError } from './to-database-error.js'

type MakeDatabase = new (path: string) => SqliteDatabase & { close(): void }

/**
 * Opens a store in an existing file, with the project's better-sqlite3 or Node's own SQLite. For a migration neither the file
 * nor the table need exist: opening the store creates them.
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
  // Opening a database creates the file.
  if (!isMigration && !existsSync(path))
    throw new CliError(
      `there is no file "${file}"; check --sqlite, or create it with countersign store migrate`,
    )
  let database: InstanceType<MakeDatabase> | undefined
  try {
    database = new Database(path)
    const before = countColumns(database, table)
    if (!isMigration && before === 0) throw noTable(file, table)
    const store = makeStore({ database, table, prune: 'manual' })
    const opened = database
    const close = async () => {
      await store.close()
      opened.close()
    }
    const migration = migrationBetween(before, countColumns(database, table))
    return { store, close, migrate: async () => migration }
  } catch (error) {
    database?.close()
    throw toDatabaseError('SQLite', error)
  }
}

async function loadDriver(cwd: string): Promise<MakeDatabase> {
  const better = await loadPackage('better-sqlite3', cwd)
  if (better) return better.default as MakeDatabase
  // The store needs `isTransaction`, which Node has from 22.16 on.
  const own = process.getBuiltinModule?.('node:sqlite') as { DatabaseSync?: MakeDatabase } | undefined
  if (own?.DatabaseSync && 'isTransaction' in own.DatabaseSync.prototype) return own.DatabaseSync
  throw new CliError(
    'better-sqlite3 is not installed in the current folder; run npm install better-sqlite3 there, or use Node 22.16 or later',
  )
}

/** The number of columns; 0 if there is no such table. */
function countColumns(database: SqliteDatabase, table: string): number {
  const find = database.prepare('SELECT name FROM pragma_table_info(?)')
  return (find.all as (name: string) => unknown[]).call(find, table).length
}

function migrationBetween(before: number, after: number): Migration {
  if (before === 0) return 'created'
  return before < after ? 'updated' : 'unchanged'
}

/** The store would create the table, so a mistyped name would look like a store without records. */
function noTable(file: string, table: string): CliError {
  return new CliError(
    `"${file}" has no table ${table}; name the table with --table, or create it with countersign store migrate`,
  )
}
