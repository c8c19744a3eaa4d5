import type { Clock } from '../options.js'

/**
 * Completions that the store failed to write. The handler's effect exists already, so until they are written the event could
 * run again.
 *
 * They are not passed to the request's `waitUntil`: on Lambda that delays the response, and a sender that waits too long
 * retries.
 */
export interface PendingCompletions {
  /**
   * Retries a completion until it succeeds or its lease has ended, and keeps it for the next claim of its key.
   *
   * @param complete rejects if the store fails; it is idempotent, by the claim's token
   * @param leaseEnd on the clock's monotonic scale
   */
  add(key: string, complete: () => Promise<unknown>, leaseEnd: number): void
  /** Before a claim: writes the pending completion of the key, if there is one. Rejects if the store fails again. */
  flush(key: string): Promise<void> | undefined
}

const firstDelayMs = 100
/** Limits what a long outage can accumulate. The oldest is dropped first: its sender's retries end first. */
const maxPending = 10_000

/** Creates the pending completions of one receiver. */
export function createPendingCompletions(clock: Clock): PendingCompletions {
  const pending = new Map<string, () => Promise<unknown>>()

  const settle = async (key: string, complete: () => Promise<unknown>) => {
    await complete()
    if (pending.get(key) === complete) pending.delete(key)
  }
  const repeat = (key: string, complete: () => Promise<unknown>, leaseEnd: number, delayMs: number): void => {
    if (clock.monotonic() + delayMs >= leaseEnd) return
    clock.setTimer(() => {
      if (pending.get(key) !== complete) return
      settle(key, complete).catch(() => repeat(key, complete, leaseEnd, delayMs * 2))
    }, delayMs)
  }

  return {
    add(key, complete, leaseEnd) {
      const [oldest] = pending.keys()
      if (pending.size >= maxPending && oldest !== undefined) pending.delete(oldest)
      pending.set(key, complete)
      repeat(key, complete, leaseEnd, firstDelayMs)
    },
    flush(key) {
      const complete = pending.get(key)
      return complete && settle(key, complete)
    },
  }
}
