import { WebhookConfigurationError } from '@countersign/core'
import type { PostgresTransaction, QueryFunction } from './client-types.js'
import { kindOf } from './open-client.js'
import { isRecord, readRows, UnreadableAnswerError } from './read-rows.js'
import type { RunStatement } from './statements/statement.js'

/**
 * Runs statements within the user's transaction; without a name, since what the server refuses there ends the transaction.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` for what is no transaction by its looks
 */
export function openTransaction(transaction: PostgresTransaction): RunStatement {
  switch (kindOf(transaction)) {
    case 'pool':
      throw noTransaction(
        'it got a Pool, whose statements run on any connection. Take one: const client = await pool.connect(), ' +
          "client.query('BEGIN'), and pass client.",
      )
    case 'postgres.js':
      throw noTransaction(
        'it got the whole client. Pass the sql that sql.begin(async (sql) => ...) hands to your function.',
      )
    case 'pglite':
      throw noTransaction(
        'it got the whole database. Pass the tx that db.transaction(async (tx) => ...) hands to your function.',
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
      throw noTransaction(
        'it got something else. Pass a connection of pg, the sql or tx of a transaction, or, as for Drizzle, Knex and Prisma, ' +
          "a function that takes a statement's text and parameters and runs it in the transaction.",
      )
  }
}

type Sql = Extract<PostgresTransaction, { unsafe: unknown }>
type Connection = Extract<PostgresTransaction, { query: unknown }>

function isSql(transaction: unknown): transaction is Sql {
  return typeof transaction === 'function' && 'unsafe' in transaction
}

function isConnection(transaction: unknown): transaction is Connection {
  return isRecord(transaction) && typeof transaction.query === 'function'
}

const markStatement = {
  operation: 'completeIn',
  text: "SELECT set_config('countersign.transaction', $1::text, true) AS mark",
}
const readMarkStatement = {
  operation: 'completeIn',
  text: "SELECT coalesce(current_setting('countersign.transaction', true), '') AS mark",
}

/**
 * Whether a transaction is open: a setting that is local to the transaction is still there for the next statement. Two
 * statements that each commit by themselves do not see each other's, on one connection or on two.
 */
export async function requireTransaction(
  transaction: PostgresTransaction,
  run: RunStatement,
  mark: string,
): Promise<void> {
  if (statusOf(transaction) === 'T') return
  try {
    await run(markStatement, [mark])
    const [seen] = await run(readMarkStatement, [])
    if (seen === mark) return
  } catch (error) {
    if (!(error instanceof UnreadableAnswerError)) throw error
    throw noTransaction(
      'it got something that gives no rows. A function must return what its query resolves to.',
    )
  }
  throw noTransaction(
    'no transaction is open there: each statement commits by itself, so a failure afterwards would not take the ' +
      'completion back. Run BEGIN first, and pass what runs statements within it.',
  )
}

/** pg knows whether its connection is in a transaction (`T`), from the server's last answer. */
function statusOf(transaction: unknown): unknown {
  if (!isRecord(transaction)) return undefined
  const { getTransactionStatus } = transaction
  return typeof getTransactionStatus === 'function' ? getTransactionStatus.call(transaction) : undefined
}

function noTransaction(problem: string): WebhookConfigurationError {
  return new WebhookConfigurationError(
    'ERR_WEBHOOK_OPTION_INVALID',
    `completeIn needs the open transaction that your effect runs in: ${problem}`,
  )
}
