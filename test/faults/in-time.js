import { setTimeout as sleep } from 'node:timers/promises'

/**
 * @template T
 * @param {number} ms
 * @param {Promise<T>} work
 * @param {() => string} describe what hangs
 * @returns {Promise<T>}
 */
export async function inTime(ms, work, describe) {
  const timer = new AbortController()
  const late = sleep(ms, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`Not over after ${ms} ms: ${describe()}`)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    timer.abort()
  }
}
