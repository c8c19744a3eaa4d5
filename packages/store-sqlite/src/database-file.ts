import { statSync } from 'node:fs'
import { prepare, type SqliteDatabase } from './driver.js'

/** A file that stays the same whatever becomes of its name. */
export interface DatabaseFile {
  readonly path: string
  /** Undefined where nothing is at the path. */
  readonly identity: string | undefined
}

/** The file behind a connection; undefined for a database in memory. */
export function fileOf(database: SqliteDatabase): DatabaseFile | undefined {
  const found = prepare(database, `SELECT file FROM pragma_database_list WHERE name = 'main'`).get()
  const path = Object(found).file
  return typeof path === 'string' && path !== '' ? { path, identity: identityOf(path) } : undefined
}

/** SQLite goes on in a file that was deleted or replaced, where no other process sees what it writes. */
export function isReplaced({ path, identity }: DatabaseFile): boolean {
  return identityOf(path) !== identity
}

function identityOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  return found && `${found.dev}:${found.ino}`
}
