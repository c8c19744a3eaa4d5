// Vitest calls this before the run, for the projects that need SQLite: better-sqlite3 compiles while other tests run.
import { buildBetterSqlite3 } from './build-better-sqlite3.js'

export function setup() {
  const compiling = buildBetterSqlite3()
  return async () => {
    const reason = await compiling
    if (reason !== undefined) console.log(`SKIPPED: better-sqlite3: ${reason}`)
  }
}
