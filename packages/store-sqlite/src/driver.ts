/**
 * What the store needs of a connection: better-sqlite3's `Database`, node:sqlite's `DatabaseSync` (Node 22.16 or later)
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

/** What the store needs of a prepared statement. */
export interface SqliteStatement {
  run(...values: never[]): { readonly changes: number | bigint }
  get(...values: never[]): unknown
  all(...values: never[]): unknown[]
}

/** A statement as this package calls it. */
export interface Statement {
  run(...values: SqlValue[]): { readonly changes: number | bigint }
  get(...values: SqlValue[]): unknown
  all(...values: SqlValue[]): unknown[]
}

export type SqlValue = string | number | null

export function isInTransaction(database: SqliteDatabase): boolean {
  return (database.inTransaction ?? database.isTransaction) === true
}

/** A connection of node:sqlite may be set up to give rows as arrays; its owner's other statements keep that. */
export function prepare(database: SqliteDatabase, sql: string): Statement {
  const statement = database.prepare(sql) as Statement & { setReturnArrays?(isOn: boolean): void }
  statement.setReturnArrays?.(false)
  return statement
}

/** SQLite's primary result code: better-sqlite3 names it, node:sqlite and Bun give its number. */
export function resultCode(error: unknown): string | number | undefined {
  const { errcode, errno, code } = Object(error)
  const number = errcode ?? errno
  if (typeof number === 'number') return number & 0xff
  return typeof code === 'string' ? /^SQLITE_[A-Z]+/.exec(code)?.[0] : undefined
}

/** Another connection has what this one needs: it is worth another try. */
export function isBusy(error: unknown): boolean {
  return ['SQLITE_BUSY', 'SQLITE_LOCKED', 5, 6].includes(resultCode(error) ?? '')
}
