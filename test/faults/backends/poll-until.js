import { setTimeout as sleep } from 'node:timers/promises'

/**
 * @param {string} what is waited for
 * @param {() => Promise<boolean>} isSo may reject, which is a no
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
  throw new Error(`Waited ${timeoutMs} ms in vain: ${what}.`, { cause })
}
