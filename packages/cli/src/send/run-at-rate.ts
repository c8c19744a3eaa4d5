import { setTimeout as wait } from 'node:timers/promises'
import type { AttemptResult } from './attempt-result.js'

/** How many deliveries, and how fast. */
export interface Load {
  readonly count: number
  /** The most per second; undefined: as fast as answers come. */
  readonly rate: number | undefined
  /** The most at once. */
  readonly concurrency: number
}

/** How one delivery is sent, and who gets the result. */
export interface LoadParts {
  /** Resolves to undefined if it was interrupted. */
  readonly send: () => Promise<AttemptResult | undefined>
  readonly onResult: (result: AttemptResult) => void
  /** After it aborts, no delivery is started. */
  readonly signal: AbortSignal
}

/** Sends deliveries at a rate, each at its own time: a slow answer delays no other until `concurrency` is reached. */
export async function runAtRate({ count, rate, concurrency }: Load, parts: LoadParts): Promise<void> {
  const { send, onResult, signal } = parts
  const start = performance.now()
  let started = 0
  const worker = async () => {
    while (started < count && !signal.aborted) {
      const index = started++
      const delay = rate === undefined ? 0 : start + (index * 1000) / rate - performance.now()
      if (delay > 0) await wait(delay, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      const result = await send()
      if (result) onResult(result)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, worker))
}
