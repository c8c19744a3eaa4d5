import { readPointer } from '../encoding/json-pointer.js'
import { parseTimestamp } from '../encoding/timestamp.js'
import { WebhookVerificationError } from '../errors.js'
import type { VerificationSettings } from '../settings/verification-settings.js'

/**
 * The time a signed body states, in milliseconds since the epoch; undefined for schemes without one there. Where
 * the scheme says it is there and it is not, the delivery is refused: without a time it could be replayed for ever.
 */
export function readBodyTimestamp(payload: unknown, { scheme }: VerificationSettings): number | undefined {
  const { timestamp } = scheme
  if (!timestamp || !('json' in timestamp)) return undefined
  const value = readPointer(payload, timestamp.json)
  if (value === undefined || value === null || value === '') {
    throw new WebhookVerificationError(
      'ERR_WEBHOOK_TIMESTAMP_MISSING',
      `The body has no time at "${timestamp.json}"; where the sender was told to leave it out, set the scheme's option timestamp: false.`,
      { authentic: true },
    )
  }
  const text = Number.isSafeInteger(value) ? String(value) : value
  const time = typeof text === 'string' ? parseTimestamp(text, timestamp.unit) : undefined
  if (time !== undefined) return time
  throw new WebhookVerificationError(
    'ERR_WEBHOOK_TIMESTAMP_MALFORMED',
    `The time at "${timestamp.json}" of the body is not ${timestamp.unit === 'iso8601' ? 'ISO 8601' : 'plain digits'}.`,
    { authentic: true },
  )
}
