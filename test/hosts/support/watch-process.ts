import { setImmediate } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

/** @returns gives what nobody caught until then. A host's process would have ended by it. */
export function watchProcess(): () => Promise<readonly unknown[]> {
  const uncaught: unknown[] = []
  const note = (reason: unknown) => void uncaught.push(reason)
  process.on('unhandledRejection', note).on('uncaughtException', note)
  onTestFinished(() => void process.off('unhandledRejection', note).off('uncaughtException', note))
  return async () => {
    // Node reports a rejection only once nobody had a turn to catch it.
    await setImmediate()
    return uncaught
  }
}
