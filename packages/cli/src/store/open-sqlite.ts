import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { SqliteDatabase, sqliteStore } from '@countersign/store-sqlite'
import { CliError } from '../cli-error.js'
import { databaseError } from './connection-failure.js'
import { loadFirst, loadPackage } from './load-package.js'
import type { OpenedStore, StoreNames } from './opened-store.js'

type MakeDatabase = new (path: string) => SqliteDatabase & { close(): void }

/** Opens a store in a file that is there, over better-sqlite3 of the project or Node's own SQLite. */
export async function openSqlite(file: string, names: StoreNames, cwd: string): Promise<OpenedStore> {
  const { table = 'countersign_deliveries' } = names
  const { exports } = await loadFirst(['@countersign/store-sqlite'], cwd)
  const makeStore = exports.sqliteStore as typeof sqliteStore
  const Database = await loadDriver(cwd)
  const path = resolve(cwd, file)
  // To open it would make it.
  if (!existsSync(path)) throw new CliError(`there is no file "${file}"`)
  let database: InstanceType<MakeDatabase> | undefined
  try {
    database = new Database(path)
    checkTable(database, table, file)
    const store = makeStore({ database, table, prune: 'manual' })
    const opened = database
    const close = async () => {
      await store.close()
      opened.close()
    }
    return { store, close }
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

/** The store would make it, and a name that was mistyped would look like a store without records. */
function checkTable(database: SqliteDatabase, table: string, file: string): void {
  const find = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?")
  if ((find.get as (name: string) => unknown).call(find, table) === undefined)
    throw new CliError(`"${file}" has no table ${table}; name it with --table, or another file`)
}
