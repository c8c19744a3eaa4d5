import { setImmediate } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

/** @returns a function that returns the uncaught errors so far. In a host, they would have ended the process. */
export function watchProcess(): () => Promise<readonly unknown[]> {
  const uncaught: unknown[] = []
  const note = (reason: unknown) => void uncaught.push(reason)
  process.on('unhandledRejection', note).on('uncaughtException', note)
  onTestFinished(() => void process.off('unhandledRejection', note).off('uncaughtException', note))
  return async () => {
    // Node reports an unhandled rejection only after the microtasks have run.
    await setImmediate()
    return uncaught
  }
}
