import type { RecordState } from './inspectable-store.js'

/** Every state that `count` reports. */
export const recordStates: readonly RecordState[] = [
  'free',
  'claimed',
  'acked',
  'orphaned',
  'held',
  'failed',
  'completed',
]

/** The states that `list` returns by default: all but those that need no operator. */
export const unsettledStates: readonly RecordState[] = recordStates.filter(
  (state) => state !== 'free' && state !== 'completed',
)

/**
 * The counts of an empty store, for `count` to add to.
 *
 * @example
 * const counts = emptyCounts()
 * for (const state of ['failed', 'held', 'failed'] as const) counts[state] += 1
 */
export function emptyCounts(): Record<RecordState, number> {
  return { free: 0, claimed: 0, acked: 0, orphaned: 0, held: 0, failed: 0, completed: 0 }
}
