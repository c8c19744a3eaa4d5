import type { Clock } from '../options.js'

/** How long a response waits for a callback that has no timeout option: a schema, `onExhausted`. */
export const callbackTimeoutMs = 5_000

/**
 * Resolves like the promise, or rejects with `timeoutError()` if it takes longer than `ms`. A later result or rejection of the
 * promise is ignored.
 */
export function withTimeout<T>(
  promise: Promise<T>,
  ms: number,
  clock: Clock,
  timeoutError: () => Error,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.setTimer(() => reject(timeoutError()), ms)
    promise.then(resolve, reject).finally(cancel)
  })
}
