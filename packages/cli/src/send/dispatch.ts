import { type PreparedDelivery, type SignedRequest, sendRequest } from '@countersign/testing'
import type { Terminal } from '../terminal.js'
import { type Exchange, exchangeOf } from './exchange.js'
import type { Faults } from './fault-options.js'

/** What a mode of sending needs: the deliveries, and how they go out. */
export interface Dispatch {
  /** Builds the next delivery, with an id of its own unless one was chosen. */
  readonly prepare: () => PreparedDelivery
  /** The same at another second, so that it shows whether a time in the body makes each another. */
  readonly prepareLater: () => PreparedDelivery
  /** What is said of a delivery's id, where one was chosen. */
  readonly tellId: (delivery: PreparedDelivery) => readonly string[]
  readonly faults: Faults
  readonly schemeName: string
  /** Where they go, for messages: without credentials and query. */
  readonly target: string
  readonly timeoutMs: number
  readonly asJson: boolean
  readonly terminal: Terminal
}

/** Sends one request. Rejects only where Ctrl-C has broken it off. */
export async function exchange(request: SignedRequest, { timeoutMs, terminal }: Dispatch): Promise<Exchange> {
  const signal = terminal.parts.interrupted
  const start = performance.now()
  const durationMs = () => performance.now() - start
  try {
    const response = await sendRequest(request, { timeoutMs, signal })
    return exchangeOf({ response, error: undefined, durationMs: durationMs() })
  } catch (error) {
    if (signal.aborted) throw error
    return exchangeOf({ response: undefined, error: error as Error, durationMs: durationMs() })
  }
}
