import type { Clock } from '../options.js'

/** How long an answer waits for a callback of the user's that has no option of its own: a schema, `onExhausted`. */
export const callbackTimeoutMs = 5_000

/**
 * The promise's own result, or a rejection with `timeoutError()` when it takes longer than `ms`. What it does
 * afterwards is nobody's business; a late rejection is swallowed.
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
