import { createRequire } from 'node:module'
import type Database from 'better-sqlite3'

/** What a program was started with. */
export const settings: {
  readonly file: string
  /** The path of better-sqlite3: programs lie in a temporary folder. */
  readonly driver: string
  readonly keys?: number
  readonly at?: string
  readonly again?: string
} = JSON.parse(process.argv[2] ?? '{}')

export function connect(): Database.Database {
  const Constructor: typeof Database = createRequire(import.meta.url)(settings.driver)
  return new Constructor(settings.file)
}
