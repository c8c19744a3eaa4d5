/**
 * What `sqliteStore` takes as `database`: better-sqlite3's `Database`, node:sqlite's `DatabaseSync` (Node 22.16 or later)
 * or bun:sqlite's `Database`.
 */
export interface SqliteDatabase {
  prepare(sql: string): SqliteStatement
  exec(sql: string): unknown
  /** Whether a transaction is open, as better-sqlite3 and Bun call it. */
  readonly inTransaction?: boolean
  /** The same, as node:sqlite calls it. */
  readonly isTransaction?: boolean
}

/** What the store uses of a prepared statement. */
export interface SqliteStatement {
  run(...values: never[]): { readonly changes: number | bigint }
  get(...values: never[]): unknown
  all(...values: never[]): unknown[]
}
