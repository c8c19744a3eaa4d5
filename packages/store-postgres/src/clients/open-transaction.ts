import { refuseStoreOption } from '@countersign/core/stores'
import type { PostgresTransaction, QueryFunction } from '../client-types.js'
import type { RunStatement } from '../statements/statement.js'
import { clientKind } from './client-kind.js'
import { isRecord, readRows } from './read-rows.js'

/**
 * Runs statements within the user's transaction, never prepared: an error there would end the transaction.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` for a pool or anything else that cannot be a transaction
 */
export function openTransaction(transaction: PostgresTransaction): RunStatement {
  switch (clientKind(transaction)) {
    case 'pool':
      return refuseTransaction(
        'this is a Pool, whose statements run on any connection. Take one: const client = await pool.connect(), ' +
          "client.query('BEGIN'), and pass client",
      )
    case 'postgres.js':
      return refuseTransaction(
        'this is the whole client. Pass the sql that sql.begin(async (sql) => ...) passes to your function',
      )
    case 'pglite':
      return refuseTransaction(
        'this is the whole database. Pass the tx that db.transaction(async (tx) => ...) passes to your function',
      )
    case 'function':
      return async ({ text }, params) => readRows(await (transaction as QueryFunction)(text, [...params]))
    default:
      if (isSql(transaction)) {
        return async ({ text }, params) =>
          readRows(await transaction.unsafe(text, [...params], { prepare: false }))
      }
      if (isConnection(transaction)) {
        return async ({ text }, params) => readRows(await transaction.query(text, [...params]))
      }
      return refuseTransaction(
        'this is none. Pass a connection of pg, the sql or tx of a transaction, or, for Drizzle, Knex and Prisma, ' +
          "a function that takes a statement's text and parameters and runs it in the transaction",
      )
  }
}

/** @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID`, always */
export function refuseTransaction(problem: string): never {
  return refuseStoreOption('completeIn', `pass the open transaction that your effect runs in: ${problem}`)
}

type Sql = Extract<PostgresTransaction, { unsafe: unknown }>
type Connection = Extract<PostgresTransaction, { query: unknown }>

function isSql(transaction: unknown): transaction is Sql {
  return typeof transaction === 'function' && 'unsafe' in transaction
}

function isConnection(transaction: unknown): transaction is Connection {
  return isRecord(transaction) && typeof transaction.query === 'function'
}
