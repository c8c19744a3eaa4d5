import { setTimeout as wait } from 'node:timers/promises'
import type { CheckOptions } from './check-options.js'

/** A run that starts after the answer, or is counted through a pipe, may show a little later. */
const graceMs = 100
/** How long to wait for a run that is due: a queue may handle one event after the other. */
const patienceMs = 600

/** Reads how often the handler ran, and waits for the count to settle. */
export class HandledCounter {
  readonly #read: NonNullable<CheckOptions['handled']>
  readonly #limitMs: number
  readonly #signal: AbortSignal | undefined
  /** What the count should be once every accepted delivery has been handled. */
  #due = 0
  #isStarted = false

  constructor(read: NonNullable<CheckOptions['handled']>, limitMs: number, signal?: AbortSignal) {
    this.#read = read
    this.#limitMs = limitMs
    this.#signal = signal
  }

  /** Another event was accepted, and its run is due. */
  expectRun(): void {
    this.#due++
  }

  /** The count once it no longer changes: everything sent before is counted, even from a slow queue. */
  async settled(): Promise<number> {
    const until = performance.now() + this.#limitMs
    let count = await this.count()
    let unchangedSince = performance.now()
    while (performance.now() < until) {
      await wait(graceMs / 2, undefined, { signal: this.#signal })
      const next = await this.count()
      if (next !== count) unchangedSince = performance.now()
      count = next
      if (performance.now() - unchangedSince >= (count < this.#due ? patienceMs : graceMs)) break
    }
    // What is not counted by now never will be: not every accepted delivery is handled.
    this.#due = count
    return count
  }

  async count(): Promise<number> {
    const count = await this.#read()
    if (Number.isSafeInteger(count) && count >= 0) {
      if (!this.#isStarted) this.#due += count
      this.#isStarted = true
      return count
    }
    throw new Error('handled() must return how many deliveries were handled: an integer of 0 or more.')
  }

  /** How much the count has increased, once it increased by `least` and had time for more. */
  async countSince(since: number, least: number): Promise<number> {
    const until = performance.now() + this.#limitMs
    let pauseMs = 10
    while ((await this.count()) - since < least && performance.now() < until) {
      await wait(pauseMs, undefined, { signal: this.#signal })
      pauseMs = Math.min(pauseMs * 2, 250)
    }
    await wait(graceMs, undefined, { signal: this.#signal })
    return (await this.count()) - since
  }
}
