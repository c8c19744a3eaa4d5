/** A value, or a promise of it: a store may return either. */
export type MaybePromise<T> = T | Promise<T>

/**
 * For values that are synchronous with node:crypto and promises with WebCrypto. It runs on every request, and looking for
 * `then` on bytes would cost as much as reading all headers.
 */
export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return value instanceof Promise
}

/** For results of the application's code: any promise class, also of another realm. */
export function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
