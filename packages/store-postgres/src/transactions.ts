import type { CompleteRequest } from '@countersign/core/stores'
import type { PostgresTransaction } from './client-types.js'
import { openTransaction } from './clients/open-transaction.js'
import { requireTransaction } from './clients/require-transaction.js'
import { readBoolean } from './read-answer.js'
import { completeInStatement } from './statements/complete.js'
import { paramsOfCompletion } from './statements/params.js'
import type { Statement, StatementSettings } from './statements/statement.js'
import type { StatementRunner } from './statements/statement-runner.js'

/** Completes records inside the user's transactions. */
export class PostgresTransactions {
  readonly #runner: StatementRunner
  readonly #completeIn: Statement

  constructor(runner: StatementRunner, settings: StatementSettings) {
    this.#runner = runner
    this.#completeIn = completeInStatement(settings)
  }

  /**
   * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` when no transaction is open
   * @throws DedupeStoreError
   */
  async completeIn(transaction: PostgresTransaction, request: CompleteRequest): Promise<boolean> {
    const run = openTransaction(transaction)
    const { operation } = this.#completeIn
    await this.#runner.describeErrors(operation, () => requireTransaction(transaction, run, request.token))
    const [row = 'false'] = await this.#runner.runAtTime(this.#completeIn, paramsOfCompletion(request), run)
    return readBoolean(row, operation)
  }
}
