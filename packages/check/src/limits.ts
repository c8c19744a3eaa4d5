import type { CheckOptions } from './check-options.js'

/** How long is waited, in milliseconds, and how much is sent. */
export interface Limits {
  readonly answerMs: number
  /** For an answer to a valid delivery: handlers may take as long as the sender waits. */
  readonly validMs: number
  readonly stallMs: number
  /** Somebody asked for stalled requests to end in that time. */
  readonly isStallLimitGiven: boolean
  readonly maxBodyBytes: number
}

const defaultMs = 5_000
const defaultMaxBodyBytes = 1_048_576

export function settleLimits({ timeoutMs, maxBodyBytes, scheme }: CheckOptions): Limits {
  const answerMs = timeoutMs ?? defaultMs
  return {
    answerMs,
    validMs: timeoutMs ?? Math.max(defaultMs, (scheme.respondWithin ?? 0) * 1000),
    stallMs: answerMs,
    isStallLimitGiven: timeoutMs !== undefined,
    maxBodyBytes: maxBodyBytes ?? scheme.maxBodyBytes ?? defaultMaxBodyBytes,
  }
}
