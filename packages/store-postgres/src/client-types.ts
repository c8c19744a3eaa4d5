/**
 * Runs one statement with the parameters `$1`, `$2`, ... and resolves to its rows, or to an object with `rows`. A row is an
 * object or an array.
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

/** The `sql` that `postgres(...)` of postgres.js returns. */
export interface PostgresJs {
  unsafe(text: string, params?: string[], options?: { prepare?: boolean }): PromiseLike<readonly unknown[]>
  begin: unknown
}

/** A PGlite database, or one in a worker. */
export interface PGliteDatabase {
  query(text: string, params?: string[]): Promise<{ readonly rows: unknown[] }>
  exec: unknown
  transaction: unknown
}

/** What `postgresStore` takes as `client`: it runs each statement by itself, never within a transaction of yours. */
export type PostgresClient = PgPool | PostgresJs | PGliteDatabase | QueryFunction

/**
 * The open transaction in which `completeIn` completes a delivery: a connection of pg on which you ran BEGIN, the `sql` that
 * postgres.js or the `tx` that PGlite passes to your function, or a function that runs a statement within the transaction of
 * your ORM. Not a pool: its next statement may run on any connection.
 */
export type PostgresTransaction =
  | {
      query(text: string, params?: string[]): Promise<{ readonly rows: unknown[] }>
      /** Only a pool has it. */
      readonly totalCount?: never
      /** Only a whole PGlite database has it. */
      readonly transaction?: never
    }
  | {
      unsafe(
        text: string,
        params?: string[],
        options?: { prepare?: boolean },
      ): PromiseLike<readonly unknown[]>
      /** Only the whole client of postgres.js has it. */
      readonly begin?: never
    }
  | (QueryFunction & { readonly begin?: never })
