import {
  type DeliveryRecord,
  emptyCounts,
  type ListOptions,
  type RecordCounts,
  readKey,
  unsettledStates,
} from '@countersign/core/stores'
import { scanKeys } from './commands/scan-keys.js'
import { describeFailure } from './describe-failure.js'
import type { RedisSettings } from './options.js'
import { readRecord } from './read-answer.js'
import { inspect } from './scripts/inspect.js'
import { describeErrors, type ScriptRunner } from './scripts/script-runner.js'

/** Lists and counts the records, by a scan of every master. */
export class RedisInspection {
  readonly #runner: ScriptRunner
  readonly #settings: RedisSettings

  constructor(runner: ScriptRunner, settings: RedisSettings) {
    this.#runner = runner
    this.#settings = settings
  }

  async *list({ states = unsettledStates }: ListOptions = {}): AsyncGenerator<DeliveryRecord> {
    try {
      for await (const records of this.#inspectAll()) {
        yield* records.filter(({ state }) => states.includes(state))
      }
    } catch (cause) {
      throw describeFailure('list', cause)
    }
  }

  count(): Promise<RecordCounts> {
    return describeErrors('count', async () => {
      const counts = emptyCounts()
      for await (const records of this.#inspectAll()) {
        for (const { state } of records) counts[state] += 1
      }
      return counts
    })
  }

  async *#inspectAll(): AsyncGenerator<DeliveryRecord[]> {
    const { connection, prefix } = this.#settings
    const nodes = await connection.masters()
    if (nodes.length === 0) throw new Error('The client returned no node to look for keys on.')
    for await (const keys of scanKeys(nodes, connection.keyPrefix + prefix)) {
      const records = await Promise.all(keys.map((key) => this.#inspect(readKey(key))))
      yield records.filter((record) => record !== undefined)
    }
  }

  /** Undefined if the record was forgotten after the scan saw its key. */
  #inspect(key: string): Promise<DeliveryRecord | undefined> {
    return this.#runner.run('inspect', inspect, { key, read: (answer) => readRecord(answer, key) })
  }
}
