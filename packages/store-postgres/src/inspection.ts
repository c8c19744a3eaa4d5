import {
  type DeliveryRecord,
  emptyCounts,
  type ListOptions,
  type RecordCounts,
  unsettledStates,
} from '@countersign/core/stores'
import { readCount, readRecord } from './read-answer.js'
import { countStatement, listStatement } from './statements/inspect.js'
import type { Statement, StatementSettings } from './statements/statement.js'
import type { StatementRunner } from './statements/statement-runner.js'

const pageSize = 500

/** Lists and counts the records, by pages in the order of digests: deleting what was listed moves nothing. */
export class PostgresInspection {
  readonly #runner: StatementRunner
  readonly #list: Statement
  readonly #count: Statement

  constructor(runner: StatementRunner, settings: StatementSettings) {
    this.#runner = runner
    this.#list = listStatement(settings, pageSize)
    this.#count = countStatement(settings)
  }

  async *list({ states = unsettledStates }: ListOptions = {}): AsyncGenerator<DeliveryRecord, void> {
    let after = ''
    while (true) {
      const rows = await this.#runner.runAtTime(this.#list, [after, states.join(',')])
      for (const row of rows) {
        const { digest, record } = readRecord(row)
        after = digest
        yield record
      }
      if (rows.length < pageSize) return
    }
  }

  async count(): Promise<RecordCounts> {
    const counts = emptyCounts()
    for (const row of await this.#runner.runAtTime(this.#count, [])) {
      const [state, count] = readCount(row)
      counts[state] = count
    }
    return counts
  }
}
