import { createRequire } from 'node:module'
import type Database from 'better-sqlite3'

/** Undefined where it could not be compiled; `tools/build-better-sqlite3.js` has said so. */
export const BetterSqlite3: typeof Database | undefined = load()

/** Opens a connection. Only for tests that are skipped where there is no `BetterSqlite3`. */
export function connect(path: string, options?: Database.Options): Database.Database {
  if (!BetterSqlite3) throw new Error('better-sqlite3 is not compiled: node tools/build-better-sqlite3.js')
  return new BetterSqlite3(path, options)
}

function load(): typeof Database | undefined {
  const Constructor: typeof Database = createRequire(import.meta.url)('better-sqlite3')
  try {
    new Constructor(':memory:').close()
    return Constructor
  } catch {
    return undefined
  }
}
