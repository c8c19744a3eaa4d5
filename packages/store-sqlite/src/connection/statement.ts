import type { SqliteDatabase } from '../client-types.js'

/** A prepared statement as this package calls it. */
export interface Statement {
  run(...values: SqlValue[]): { readonly changes: number | bigint }
  get(...values: SqlValue[]): unknown
  all(...values: SqlValue[]): unknown[]
}

export type SqlValue = string | number | null

/** Prepares a statement that returns rows as objects, also on a connection of node:sqlite that is set to arrays. */
export function prepare(database: SqliteDatabase, sql: string): Statement {
  const statement = database.prepare(sql) as Statement & { setReturnArrays?(isOn: boolean): void }
  statement.setReturnArrays?.(false)
  return statement
}

export function isInTransaction(database: SqliteDatabase): boolean {
  return (database.inTransaction ?? database.isTransaction) === true
}
