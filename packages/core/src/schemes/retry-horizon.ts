import type { SchemeDescriptor } from './scheme-descriptor.js'

/** Milliseconds from a sender's first attempt at an event to its last; 0 if unknown. */
export function retryHorizonMs({ retries = [], retriesForSeconds = 0 }: SchemeDescriptor): number {
  const scheduled = retries.reduce((sum, delay) => sum + delay, 0)
  return 1000 * Math.max(scheduled, retriesForSeconds)
}
