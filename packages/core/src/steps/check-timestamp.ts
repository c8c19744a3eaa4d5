import { WebhookVerificationError } from '../errors.js'
import type { VerificationSettings } from '../settings/verification-settings.js'

/**
 * Refuses what is too old and what is too far ahead; exactly at the edge is accepted. It is called only with a
 * time that the signature covers, so a refusal here is of something authentic.
 *
 * @param time milliseconds since the epoch; undefined where the sender states none
 */
export function checkTimestamp(time: number | undefined, { toleranceMs, clock }: VerificationSettings): void {
  if (time === undefined) return
  const age = clock.now() - time
  // Written so that a comparison with NaN refuses.
  if (!(age <= toleranceMs.past)) {
    throw new WebhookVerificationError(
      'ERR_WEBHOOK_TIMESTAMP_TOO_OLD',
      `The delivery is authentic but more than ${toleranceMs.past / 1000} s old: a replay, a sender that repeats its first attempt's time, or a clock that is wrong here.`,
      { authentic: true },
    )
  }
  if (!(-age <= toleranceMs.future)) {
    throw new WebhookVerificationError(
      'ERR_WEBHOOK_TIMESTAMP_TOO_NEW',
      `The delivery is authentic but its time is more than ${toleranceMs.future / 1000} s ahead; is the clock right here?`,
      { authentic: true },
    )
  }
}
