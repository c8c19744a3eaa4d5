import type { DeliveryRecord } from '@countersign/core/stores'
import { isGuardKey } from './describe-key.js'

/**
 * Whether an event is free since its last attempt failed or was cut off. Others are free too: what a receiver gave back, and what
 * guards signed content against replays beside an event that has a record of its own.
 */
export function isFreeAfterFailure({ state, key, event, lastCode, sinceMs }: DeliveryRecord): boolean {
  if (state !== 'free') return false
  if (lastCode !== undefined) return true
  return sinceMs !== undefined && !(event === undefined && isGuardKey(key))
}
