/** One statement of SQL. It gives rows of one text each, which no client's type parsers or renamings change. */
export interface Statement {
  /** What the store was asked to do, for messages. */
  readonly operation: string
  /** With `$1`, `$2`, ...; all of them are texts. */
  readonly text: string
}

/** Runs a statement by itself, and gives the text of each row. */
export type RunStatement = (statement: Statement, params: readonly string[]) => Promise<readonly string[]>

/** What the statements of one store have in common. */
export interface StatementSettings {
  /** Quoted. */
  readonly table: string
  /** The time comes as the last parameter, in milliseconds, instead of from the database's clock. */
  readonly ownClock: boolean
  /** For how long a statement waits for a record's lock. */
  readonly lockTimeoutMs: number
}
