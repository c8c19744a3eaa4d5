import { setTimeout as wait } from 'node:timers/promises'
import type { Exchange } from './exchange.js'

/** How many deliveries, and how fast. */
export interface Load {
  readonly count: number
  /** A second, at the most; undefined: as fast as answers come. */
  readonly rate: number | undefined
  /** At once, at the most. */
  readonly concurrency: number
}

/** What sends one delivery, and what is told of it. */
export interface LoadParts {
  /** Undefined where it was broken off. */
  readonly send: () => Promise<Exchange | undefined>
  readonly onExchange: (exchange: Exchange) => void
  /** Nothing more is begun, and what is under way is not waited for. */
  readonly signal: AbortSignal
}

/** Sends deliveries at a rate, each at its own time: an answer that is late delays no other until all places are taken. */
export async function sendMany({ count, rate, concurrency }: Load, parts: LoadParts): Promise<void> {
  const { send, onExchange, signal } = parts
  const start = performance.now()
  let begun = 0
  const worker = async () => {
    while (begun < count && !signal.aborted) {
      const index = begun++
      const due = rate === undefined ? 0 : start + (index * 1000) / rate - performance.now()
      if (due > 0) await wait(due, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      const exchange = await send()
      if (exchange) onExchange(exchange)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, worker))
}
