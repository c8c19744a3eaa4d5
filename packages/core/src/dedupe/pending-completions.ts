import type { Clock } from '../options.js'

/**
 * Completions that failed at the store. The handler's effect is there, so until they are written it could run again.
 *
 * They are not given to the request's `waitUntil`: on Lambda it holds the answer back, and a sender that waits too long
 * sends again.
 */
export interface PendingCompletions {
  /**
   * Repeats a completion until it succeeds or its lease has ended, and keeps it for the next contact with its key.
   *
   * @param complete rejects where the store fails; it is idempotent, by the claim's token
   * @param leaseEnd on the clock's monotonic scale
   */
  add(key: string, complete: () => Promise<unknown>, leaseEnd: number): void
  /** Before a claim: writes what is pending under the key, if anything is. It rejects where the store fails again. */
  flush(key: string): Promise<void> | undefined
}

const firstDelayMs = 100
/** What a store that stays down for long can pile up. The oldest one is dropped first: its sender's retries are over first. */
const maxPending = 10_000

/** Keeps the completions of one receiver. */
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
