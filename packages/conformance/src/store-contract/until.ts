import { setTimeout as sleep } from 'node:timers/promises'

const limitMs = 15_000

/**
 * Polls until a condition holds that only real time brings about.
 *
 * @throws Error if it does not hold within 15 seconds
 */
export async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + limitMs
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${limitMs} ms`)
    await sleep(5)
  }
}
