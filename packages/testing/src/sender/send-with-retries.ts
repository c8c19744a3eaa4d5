import { type SendRequestOptions, type SentResponse, sendRequest } from '../http/send-request.js'
import type { PreparedDelivery } from './prepare-delivery.js'

/** One attempt at a delivery, and what came of it. */
export interface SentAttempt {
  /** From 1. */
  readonly attempt: number
  /** Seconds since the first attempt, by the schedule. */
  readonly afterSeconds: number
  /** Undefined where nobody answered. */
  readonly response: SentResponse | undefined
  /** Why nobody answered. */
  readonly error: Error | undefined
  /** Milliseconds it took, really. */
  readonly durationMs: number
}

/** How a delivery is retried. */
export interface RetryOptions extends SendRequestOptions {
  /** Seconds before each attempt, the first included: `scheme.retries`. */
  readonly schedule: readonly number[]
  /** The waits of the whole schedule take as many milliseconds at the most, each by its share. Default 10,000. */
  readonly withinMs?: number
  /** Waits, in place of a timer; for tests. */
  readonly wait?: (ms: number, signal: AbortSignal | undefined) => Promise<unknown>
}

/**
 * Attempts a delivery until it is answered 2xx, at its sender's pace but faster. Each attempt has the same id and body, and
 * a time and a signature of its own; the time is the real one, by which the receiver goes. Where the signal is aborted it ends.
 *
 * @param delivery what `sender.prepare({ url, ... })` made
 *
 * @example
 * for await (const { attempt, response } of sendWithRetries(delivery, { schedule: [0, 30, 120] })) { ... }
 */
export async function* sendWithRetries(
  delivery: PreparedDelivery,
  { schedule, withinMs = 10_000, wait = waitFor, ...options }: RetryOptions,
): AsyncGenerator<SentAttempt, void> {
  const { signal } = options
  const totalMs = schedule.reduce((sum, delay) => sum + delay, 0) * 1000
  const pace = totalMs > withinMs ? withinMs / totalMs : 1
  let afterSeconds = 0
  for (const [index, delay] of schedule.entries()) {
    if (delay > 0 && !signal?.aborted) await wait(delay * 1000 * pace, signal)
    if (signal?.aborted) return
    if (index > 0) afterSeconds += delay
    const sent = await attempt(delivery, options)
    if (signal?.aborted && !sent.response) return
    yield { attempt: index + 1, afterSeconds, ...sent }
    if (isSuccess(sent.response)) return
  }
}

async function attempt(delivery: PreparedDelivery, options: SendRequestOptions) {
  const start = performance.now()
  const durationMs = () => performance.now() - start
  try {
    const response = await sendRequest(delivery.sign(), options)
    return { response, error: undefined, durationMs: durationMs() }
  } catch (error) {
    return { response: undefined, error: error as Error, durationMs: durationMs() }
  }
}

function isSuccess(response: SentResponse | undefined): boolean {
  return response !== undefined && response.status >= 200 && response.status < 300
}

function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal?.addEventListener('abort', end)
  })
}
