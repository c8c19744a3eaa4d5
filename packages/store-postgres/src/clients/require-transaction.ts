import type { PostgresTransaction } from '../client-types.js'
import type { RunStatement } from '../statements/statement.js'
import { refuseTransaction } from './open-transaction.js'
import { isRecord, UnreadableAnswerError } from './read-rows.js'

const writeMark = {
  operation: 'completeIn',
  text: "SELECT set_config('countersign.transaction', $1::text, true) AS mark",
}
const readMark = {
  operation: 'completeIn',
  text: "SELECT coalesce(current_setting('countersign.transaction', true), '') AS mark",
}

/**
 * Ensures that a transaction is open: a setting that is local to the transaction is still there for the next statement. Two
 * statements that each commit by themselves do not see each other's, on one connection or on two.
 *
 * @param mark any text, different each time
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` when none is open
 */
export async function requireTransaction(
  transaction: PostgresTransaction,
  run: RunStatement,
  mark: string,
): Promise<void> {
  if (statusOf(transaction) === 'T') return
  try {
    await run(writeMark, [mark])
    const [seen] = await run(readMark, [])
    if (seen === mark) return
  } catch (error) {
    if (!(error instanceof UnreadableAnswerError)) throw error
    refuseTransaction('this returns no rows. A function must return what its query resolves to')
  }
  refuseTransaction(
    'no transaction is open there: each statement commits by itself, so a later failure would not undo the ' +
      'completion. Run BEGIN first, and pass what runs statements within it',
  )
}

/** pg knows from the server's last answer whether its connection is in a transaction (`T`). */
function statusOf(transaction: unknown): unknown {
  if (!isRecord(transaction)) return undefined
  const { getTransactionStatus } = transaction
  return typeof getTransactionStatus === 'function' ? getTransactionStatus.call(transaction) : undefined
}
