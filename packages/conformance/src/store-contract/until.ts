import { setTimeout as sleep } from 'node:timers/promises'

const limitMs = 15_000

/**
 * Asks again and again, for what only real time brings about.
 *
 * @throws Error where it has not come after 15 seconds
 */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + limitMs
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${limitMs} ms`)
    await sleep(5)
  }
}
