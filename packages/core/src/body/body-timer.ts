/** Longer timers fire immediately (HTML, section "Timers"; the same in Node). */
const longestTimerMs = 2 ** 31 - 1

/** Calls `callback` when a body takes too long. @returns a function that cancels the timer */
export function startBodyTimer(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, Math.min(ms, longestTimerMs))
  return () => clearTimeout(timer)
}
