import { refuseStoreOption } from '@countersign/core/stores'
import type { PGliteDatabase, PgPool, PostgresClient, PostgresJs, QueryFunction } from './client-types.js'
import { clientKind } from './clients/client-kind.js'
import { nameStatement } from './clients/name-statement.js'
import { prepareUnlessPooled } from './clients/prepare-unless-pooled.js'
import { prepareUnlessRefused } from './clients/prepare-unless-refused.js'
import { queryPGlite } from './clients/query-pglite.js'
import { readRows } from './clients/read-rows.js'
import type { RunStatement } from './statements/statement.js'

/**
 * Turns the user's client into one function that runs a statement by itself.
 *
 * @param prepare whether each connection prepares a statement once
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` for a client whose statements could share a transaction
 */
export function resolveClient(client: PostgresClient, prepare: boolean): RunStatement {
  switch (clientKind(client)) {
    case 'pool':
      return overPool(client as PgPool, prepare)
    case 'postgres.js':
      return overPostgresJs(client as PostgresJs, prepare)
    case 'pglite':
      return ({ text }, params) => queryPGlite(client as PGliteDatabase, text, params)
    case 'function':
      return async ({ text }, params) => readRows(await (client as QueryFunction)(text, [...params]))
    case 'connection':
      return refuse(
        'client must be a Pool, not one connection: a claim that runs within a transaction of yours would be undone by ' +
          'its ROLLBACK. Pass new Pool(...) of pg',
      )
    case 'transaction':
      return refuse(
        'client must be the whole client, not a transaction or a reserved connection: claims must outlive a ROLLBACK',
      )
    default:
      return refuse(
        "client must be a Pool of pg, the sql of postgres.js, a PGlite database, or a function that takes a statement's " +
          'text and parameters and resolves to its rows',
      )
  }
}

function overPool(pool: PgPool, prepare: boolean): RunStatement {
  const unprepared: RunStatement = async ({ text }, params) =>
    readRows(await pool.query({ text, values: [...params] }))
  const prepared: RunStatement = async (statement, params) => {
    const { text } = statement
    return readRows(await pool.query({ text, values: [...params], name: nameStatement(statement) }))
  }
  return prepare ? prepareUnlessRefused(prepared, unprepared) : unprepared
}

function overPostgresJs(sql: PostgresJs, prepare: boolean): RunStatement {
  const run =
    (prepare: boolean): RunStatement =>
    async ({ text }, params) =>
      readRows(await sql.unsafe(text, [...params], { prepare }))
  const unprepared = run(false)
  return prepare
    ? prepareUnlessPooled(sql, prepareUnlessRefused(run(true), unprepared), unprepared)
    : unprepared
}

function refuse(problem: string): never {
  return refuseStoreOption('postgresStore', problem)
}
