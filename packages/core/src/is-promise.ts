/**
 * For values that are there at once over node:crypto and promised over WebCrypto. It is asked on every request, and
 * looking for a `then` on bytes would cost as much as reading all the headers.
 */
export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return value instanceof Promise
}
