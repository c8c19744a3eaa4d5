/** One SQL statement. Each row it returns is one text, which no client's type parsers or column renaming changes. */
export interface Statement {
  /** The store's operation, for messages. */
  readonly operation: string
  /** SQL with `$1`, `$2`, ...; all parameters are text. */
  readonly text: string
}

/** Runs one statement and resolves to the text of each row. */
export type RunStatement = (statement: Statement, params: readonly string[]) => Promise<readonly string[]>

/** What the statements of one store share. */
export interface StatementSettings {
  /** The table's name, quoted. */
  readonly table: string
  /** Whether the time is the last parameter, in milliseconds, instead of the database's clock. */
  readonly ownClock: boolean
  /** How long a statement waits for a record's lock. */
  readonly lockTimeoutMs: number
}
