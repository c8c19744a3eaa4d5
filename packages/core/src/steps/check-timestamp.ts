import { WebhookVerificationError } from '../errors.js'
import type { VerificationSettings } from '../settings/verification-settings.js'

/**
 * Refuses a delivery that is too old or too far in the future; a timestamp exactly at the limit is accepted. The signature
 * covers the timestamp, so a delivery that is refused here is authentic.
 *
 * @param time milliseconds since the epoch; undefined if the sender sends none
 */
export function checkTimestamp(time: number | undefined, { toleranceMs, clock }: VerificationSettings): void {
  if (time === undefined) return
  const age = clock.now() - time
  // Written so that NaN is refused: every comparison with it is false.
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
