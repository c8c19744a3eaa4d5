import { type SendRequestOptions, type SentResponse, sendRequest } from '../http/send-request.js'
import type { PreparedDelivery } from './prepare-delivery.js'

/** One attempt at a delivery and its result. */
export interface SentAttempt {
  /** The number of the attempt, from 1. */
  readonly attempt: number
  /** Seconds since the first attempt according to the schedule. */
  readonly afterSeconds: number
  /** Undefined if there was no response. */
  readonly response: SentResponse | undefined
  /** Why there was no response; undefined if there was one. */
  readonly error: Error | undefined
  /** The real duration of the attempt in milliseconds. */
  readonly durationMs: number
}

/** Options for {@link sendWithRetries}. */
export interface RetryOptions extends SendRequestOptions {
  /** Seconds before each attempt, including the first, as in `scheme.retries`. */
  readonly schedule: readonly number[]
  /** The longest total wait in milliseconds: longer schedules are shortened proportionally. Default 10,000. */
  readonly withinMs?: number
  /** Replaces the timer between attempts, for tests. */
  readonly wait?: (ms: number, signal: AbortSignal | undefined) => Promise<unknown>
}

/**
 * Sends a delivery until the response is 2xx or the schedule ends. Waits follow the schedule but are shortened to `withinMs`
 * in total. Each attempt has the same id and body, the current time and a new signature. If `signal` is aborted, iteration
 * ends without an error; a failed attempt is yielded with its `error`.
 *
 * @param delivery the result of `sender.prepare({ url, ... })`
 *
 * @example
 * import { createServer } from 'node:http'
 * import { github } from '@countersign/core/schemes'
 * import { createSender, sendWithRetries } from '@countersign/testing'
 *
 * const server = createServer((_, response) => void response.writeHead(503).end()).listen(3000)
 * const sender = createSender({ scheme: github(), secret: 'test-secret-of-32-characters-...' })
 * const delivery = sender.prepare({ url: 'http://localhost:3000/hooks' })
 * for await (const { attempt, response } of sendWithRetries(delivery, { schedule: [0, 30, 120], withinMs: 100 })) {
 *   console.log(attempt, response?.status)
 * }
 * server.close()
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
