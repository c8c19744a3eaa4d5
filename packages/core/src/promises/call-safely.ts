import { isThenable } from './maybe-promise.js'

/**
 * Calls what the user gave, where nobody waits for it: whatever it throws, or rejects with later, changes nothing.
 *
 * @param onFailure is called once, where it fails
 */
export function callSafely(callback: () => unknown, onFailure: () => void = () => {}): void {
  try {
    const result = callback()
    if (isThenable(result)) result.then(undefined, onFailure)
  } catch {
    onFailure()
  }
}
