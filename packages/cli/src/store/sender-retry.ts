import type { DeliveryRecord } from '@countersign/core/stores'
import { namedSchemes } from '../options/scheme-option.js'

/** Whether the sender makes another attempt by itself: it does not retry at all, its schedule is over, or it still may. */
export type SenderRetry = 'never' | 'over' | 'expected'

/**
 * What a sender will do about an event that is free: by its scheme's schedule, as the scheme's page leaves it.
 *
 * @param scheme the scheme's name, as the key has it
 * @returns undefined where the record is not free, and where the schedule is not known
 */
export function senderRetryOf(
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
  // The attempt that failed was not before the first one.
  return sinceMs > horizon * 1000 ? 'over' : 'expected'
}

const words: Readonly<Record<SenderRetry, string>> = {
  never: 'the sender does not retry',
  over: "the sender's retries are over",
  expected: "waiting for the sender's retry",
}

export function tellRetry(retry: SenderRetry | undefined): string {
  return retry === undefined ? 'runs with the next delivery' : words[retry]
}
