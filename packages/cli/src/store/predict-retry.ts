import type { DeliveryRecord } from '@countersign/core/stores'
import { namedSchemes } from '../options/scheme-option.js'

/** Whether the sender will retry by itself: it never retries, its schedule is over, or a retry is still expected. */
export type SenderRetry = 'never' | 'over' | 'expected'

/**
 * Predicts from the scheme's retry schedule whether the sender retries a free event.
 *
 * @param scheme the scheme's name, from the record's key
 * @returns undefined if the record is not free, or the schedule is unknown
 */
export function predictRetry(
  { state, sinceMs = 0 }: DeliveryRecord,
  scheme: string | undefined,
): SenderRetry | undefined {
  if (state !== 'free' || scheme === undefined || !Object.hasOwn(namedSchemes, scheme)) return undefined
  const { retries = [], retriesForSeconds = 0 } = namedSchemes[scheme]?.() ?? {}
  if (retries.length === 1) return 'never'
  const horizon = Math.max(
    retriesForSeconds,
    retries.reduce((sum, delay) => sum + delay, 0),
  )
  if (horizon === 0) return undefined
  // `sinceMs` counts from the failed attempt, which is the first one or later.
  return sinceMs > horizon * 1000 ? 'over' : 'expected'
}
