import { isWebhookError } from '@countersign/core'
import { describeFailure } from '../describe-failure.js'
import type { PostgresSettings } from '../options.js'
import type { RunStatement, Statement } from './statement.js'

/** Runs statements over the user's client, and turns its errors into the store's. */
export class StatementRunner {
  readonly #settings: PostgresSettings

  constructor(settings: PostgresSettings) {
    this.#settings = settings
  }

  /**
   * Runs a statement that depends on the time: the store's own clock, if it has one, is its last parameter.
   *
   * @throws DedupeStoreError
   */
  runAtTime(statement: Statement, params: readonly string[], run?: RunStatement): Promise<readonly string[]> {
    const { now } = this.#settings
    return this.run(statement, now ? [...params, String(now())] : params, run)
  }

  /**
   * @param run what to run it with; default the store's client
   * @throws DedupeStoreError
   */
  run(
    statement: Statement,
    params: readonly string[],
    run: RunStatement = this.#settings.run,
  ): Promise<readonly string[]> {
    return this.describeErrors(statement.operation, () => run(statement, params))
  }

  /** @throws DedupeStoreError when the call fails; an error of Countersign is passed on as it is */
  async describeErrors<T>(operation: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call()
    } catch (cause) {
      if (isWebhookError(cause)) throw cause
      throw describeFailure(operation, cause, this.#settings.tableName)
    }
  }
}
