import type { DeliveryRecord } from '@countersign/core/stores'
import { isReplayKey } from './parse-key.js'

/**
 * Whether an event is free because its last attempt failed or was cut off. Other records are free too: claims that a receiver
 * released, and keys that protect signed content against replays.
 */
export function isFreeAfterFailure({ state, key, event, lastCode, sinceMs }: DeliveryRecord): boolean {
  if (state !== 'free') return false
  if (lastCode !== undefined) return true
  return sinceMs !== undefined && !(event === undefined && isReplayKey(key))
}
