import { setTimeout as wait } from 'node:timers/promises'
import type { CheckOptions } from './check-options.js'

/** What runs after an answer, or is written through a pipe, may be seen a little later. */
const graceMs = 100
/** So long a run that is due is waited for: queues are emptied one after the other. */
const patienceMs = 600

/** Counts the runs of the handler. */
export class HandledCounter {
  readonly #read: NonNullable<CheckOptions['handled']>
  readonly #limitMs: number
  readonly #signal: AbortSignal | undefined
  /** What the count should be, once all that was taken has been handled. */
  #due = 0
  #isBegun = false

  constructor(read: NonNullable<CheckOptions['handled']>, limitMs: number, signal?: AbortSignal) {
    this.#read = read
    this.#limitMs = limitMs
    this.#signal = signal
  }

  /** An event more was taken, and its run is due. */
  expectOne(): void {
    this.#due++
  }

  /** The count once it stands still: what was sent before has been counted, be it out of a slow queue. */
  async settled(): Promise<number> {
    const until = performance.now() + this.#limitMs
    let count = await this.count()
    let stillSince = performance.now()
    while (performance.now() < until) {
      await wait(graceMs / 2, undefined, { signal: this.#signal })
      const next = await this.count()
      if (next !== count) stillSince = performance.now()
      count = next
      if (performance.now() - stillSince >= (count < this.#due ? patienceMs : graceMs)) break
    }
    // What has not come by now never will: not everything that is taken is handled.
    this.#due = count
    return count
  }

  async count(): Promise<number> {
    const count = await this.#read()
    if (Number.isSafeInteger(count) && count >= 0) {
      if (!this.#isBegun) this.#due += count
      this.#isBegun = true
      return count
    }
    throw new Error('handled() must give how many deliveries were handled, a whole number.')
  }

  /** By how much the count has risen, once it has risen by `least` and had time for more. */
  async rise(since: number, least: number): Promise<number> {
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
