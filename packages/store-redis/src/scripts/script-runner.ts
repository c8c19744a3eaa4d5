import { writeKey } from '@countersign/core/stores'
import { describeFailure } from '../describe-failure.js'
import type { RedisSettings } from '../options.js'
import { runScript } from './run-script.js'
import type { Script } from './script.js'

/** Runs scripts over the user's client, and turns its errors into the store's. */
export class ScriptRunner {
  readonly #settings: RedisSettings

  constructor(settings: RedisSettings) {
    this.#settings = settings
  }

  /**
   * Runs a script on one record; the store's own clock, if it has one, is its first argument.
   *
   * @param read reads the script's answer
   * @throws DedupeStoreError
   */
  async run<T>(
    operation: string,
    script: Script,
    { key, args = [], read }: { key: string; args?: readonly string[]; read: (answer: unknown) => T },
  ): Promise<T> {
    const { connection, prefix, now } = this.#settings
    const time = now === undefined ? '' : `${now()}`
    // Not by way of describeErrors: a delivery waits for each promise in between.
    try {
      return read(await runScript(connection.send, script, prefix + writeKey(key), [time, ...args]))
    } catch (cause) {
      throw describeFailure(operation, cause)
    }
  }
}

/** @throws DedupeStoreError when the call fails */
export async function describeErrors<T>(operation: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    throw describeFailure(operation, cause)
  }
}
