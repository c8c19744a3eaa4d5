import { setTimeout as delay } from 'node:timers/promises'

/** Asks until it is so. @throws Error after `limitMs`, default 10 s */
export async function pollUntil(isSo: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  const end = Date.now() + limitMs
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`not so within ${limitMs} ms: ${isSo}`)
    await delay(10)
  }
}
