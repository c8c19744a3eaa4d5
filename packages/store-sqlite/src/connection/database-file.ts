import { statSync } from 'node:fs'
import type { SqliteDatabase } from '../client-types.js'
import { prepare } from './statement.js'

/** A file, identified by device and inode, so that another file of the same name is noticed. */
export interface DatabaseFile {
  readonly path: string
  /** Undefined if there is no file at the path. */
  readonly identity: string | undefined
}

/** The file behind a connection; undefined for a database in memory. */
export function fileOf(database: SqliteDatabase): DatabaseFile | undefined {
  const found = prepare(database, `SELECT file FROM pragma_database_list WHERE name = 'main'`).get()
  const path = Object(found).file
  return typeof path === 'string' && path !== '' ? { path, identity: identityOf(path) } : undefined
}

/** SQLite keeps writing to a file that was deleted or replaced, where no other process sees what it writes. */
export function isReplaced({ path, identity }: DatabaseFile): boolean {
  return identityOf(path) !== identity
}

function identityOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  return found && `${found.dev}:${found.ino}`
}
