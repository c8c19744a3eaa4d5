import { isThenable } from './maybe-promise.js'

/**
 * Calls a function of the application without waiting for it: if it throws or rejects, nothing else changes.
 *
 * @param onFailure is called once if it fails
 */
export function callSafely(callback: () => unknown, onFailure: () => void = () => {}): void {
  try {
    const result = callback()
    if (isThenable(result)) result.then(undefined, onFailure)
  } catch {
    onFailure()
  }
}
