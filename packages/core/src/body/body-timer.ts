/** Longer ones fire at once (HTML, section "Timers"; the same in Node). */
const longestTimerMs = 2 ** 31 - 1

/** Calls back when a body has taken too long. @returns cancels */
export function startBodyTimer(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, Math.min(ms, longestTimerMs))
  return () => clearTimeout(timer)
}
