import { WebhookConfigurationError } from '@countersign/core'
import type { PGliteDatabase, PgPool, PostgresClient, PostgresJs, QueryFunction } from './client-types.js'
import { nameStatement } from './name-statement.js'
import { queryPGlite } from './query-pglite.js'
import { readRows } from './read-rows.js'
import { runUnnamedIfPooled } from './run-unnamed-if-pooled.js'
import { runUnnamedIfRefused } from './run-unnamed-if-refused.js'
import type { RunStatement } from './statements/statement.js'

/** Which kind of client it is, by what it can do. */
export type ClientKind =
  | 'pool'
  | 'postgres.js'
  | 'pglite'
  | 'function'
  | 'connection'
  | 'transaction'
  | 'unknown'

export function kindOf(client: unknown): ClientKind {
  if (typeof client === 'function') {
    // Knex, called as a function, takes the name of a table.
    if (!('unsafe' in client)) return 'raw' in client ? 'unknown' : 'function'
    return 'begin' in client ? 'postgres.js' : 'transaction'
  }
  if (typeof client !== 'object' || client === null || !('query' in client)) return 'unknown'
  if ('totalCount' in client) return 'pool'
  if ('exec' in client) return 'transaction' in client ? 'pglite' : 'transaction'
  return 'connect' in client || 'release' in client ? 'connection' : 'unknown'
}

/**
 * @param prepare whether statements are prepared once for each connection
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` where it is not something that runs each statement by itself
 */
export function openClient(client: PostgresClient, prepare: boolean): RunStatement {
  switch (kindOf(client)) {
    case 'pool': {
      const pool = client as PgPool
      const unnamed: RunStatement = async ({ text }, params) =>
        readRows(await pool.query({ text, values: [...params] }))
      const named: RunStatement = async (statement, params) => {
        const { text } = statement
        return readRows(await pool.query({ text, values: [...params], name: nameStatement(statement) }))
      }
      return prepare ? runUnnamedIfRefused(named, unnamed) : unnamed
    }
    case 'postgres.js': {
      const sql = client as PostgresJs
      const unnamed = runBy(sql, false)
      return prepare
        ? runUnnamedIfPooled(sql, runUnnamedIfRefused(runBy(sql, true), unnamed), unnamed)
        : unnamed
    }
    case 'pglite':
      return ({ text }, params) => queryPGlite(client as PGliteDatabase, text, params)
    case 'function':
      return async ({ text }, params) => readRows(await (client as QueryFunction)(text, [...params]))
    case 'connection':
      throw invalid(
        'client must be a Pool, not one connection: a claim that runs within a transaction of yours would be undone by ' +
          'its ROLLBACK. Pass new Pool(...) of pg.',
      )
    case 'transaction':
      throw invalid(
        'client must be the whole client, not a transaction or a reserved connection: claims must outlive a ROLLBACK.',
      )
    default:
      throw invalid(
        "client must be a Pool of pg, the sql of postgres.js, a PGlite database, or a function that takes a statement's " +
          'text and parameters and resolves to its rows.',
      )
  }
}

function runBy(sql: PostgresJs, prepare: boolean): RunStatement {
  return async ({ text }, params) => readRows(await sql.unsafe(text, [...params], { prepare }))
}

function invalid(message: string): WebhookConfigurationError {
  return new WebhookConfigurationError('ERR_WEBHOOK_OPTION_INVALID', message)
}
