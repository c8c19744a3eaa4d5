/**
 * A function that runs one statement with `$1`, `$2`, ... and gives its rows, or an object that has them as `rows`. A row
 * is an object or an array.
 */
export type QueryFunction = (
  text: string,
  params: string[],
) => PromiseLike<readonly unknown[] | { readonly rows: readonly unknown[] }>

/** A `Pool` of pg, or of a package with the same interface. */
export interface PgPool {
  query(statement: { text: string; values: string[]; name?: string }): Promise<{ readonly rows: unknown[] }>
  readonly totalCount: number
}

/** The `sql` of postgres.js. */
export interface PostgresJs {
  unsafe(text: string, params?: string[], options?: { prepare?: boolean }): PromiseLike<readonly unknown[]>
  begin: unknown
}

/** A database of PGlite, or a worker's. */
export interface PGliteDatabase {
  query(text: string, params?: string[]): Promise<{ readonly rows: unknown[] }>
  exec: unknown
  transaction: unknown
}

/** What the store works through: a connection of its own for every statement, and never one that is in a transaction of yours. */
export type PostgresClient = PgPool | PostgresJs | PGliteDatabase | QueryFunction

/**
 * The open transaction in which a delivery is completed: a connection of pg on which you ran BEGIN, the `sql` that
 * postgres.js or the `tx` that PGlite hands to your function; or a function that runs a statement within the transaction of
 * your ORM. Not the pool: its next statement may run on any connection.
 */
export type PostgresTransaction =
  | {
      query(text: string, params?: string[]): Promise<{ readonly rows: unknown[] }>
      /** A pool has it. */
      readonly totalCount?: never
      /** A whole database of PGlite has it. */
      readonly transaction?: never
    }
  | {
      unsafe(
        text: string,
        params?: string[],
        options?: { prepare?: boolean },
      ): PromiseLike<readonly unknown[]>
      /** The whole client of postgres.js has it. */
      readonly begin?: never
    }
  | (QueryFunction & { readonly begin?: never })
