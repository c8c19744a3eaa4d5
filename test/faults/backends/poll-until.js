import { setTimeout as sleep } from 'node:timers/promises'

/**
 * @param {string} what describes the condition, for the error
 * @param {() => Promise<boolean>} isSo a rejection counts as false
 * @param {number} [timeoutMs]
 */
export async function pollUntil(what, isSo, timeoutMs = 20_000) {
  const end = performance.now() + timeoutMs
  /** @type {unknown} */
  let cause
  while (performance.now() < end) {
    try {
      if (await isSo()) return
    } catch (error) {
      cause = error
    }
    await sleep(20)
  }
  throw new Error(`Timed out after ${timeoutMs} ms: ${what}.`, { cause })
}
