import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Rejects if the work takes longer than `ms`.
 *
 * @template T
 * @param {number} ms
 * @param {Promise<T>} work
 * @param {() => string} describe says what hangs, for the error
 * @returns {Promise<T>}
 */
export async function withTimeout(ms, work, describe) {
  const timer = new AbortController()
  const late = sleep(ms, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`Timed out after ${ms} ms: ${describe()}`)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    timer.abort()
  }
}
