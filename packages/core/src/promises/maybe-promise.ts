/** A value, or a promise of it: a store may return either. */
export type MaybePromise<T> = T | Promise<T>

/**
 * For values that are there at once over node:crypto and promised over WebCrypto. It is asked on every request, and
 * looking for a `then` on bytes would cost as much as reading all the headers.
 */
export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return value instanceof Promise
}

/** For what a user's code gives: a promise of any making, or of another realm. */
export function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
