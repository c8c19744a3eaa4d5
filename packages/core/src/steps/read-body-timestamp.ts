import { readPointer } from '../encoding/json-pointer.js'
import { parseTimestamp } from '../encoding/timestamp.js'
import { WebhookVerificationError } from '../errors.js'
import type { VerificationSettings } from '../settings/verification-settings.js'

/**
 * Reads the timestamp of a signed body, in milliseconds since the epoch; undefined for schemes without one there. If the
 * scheme requires one and it is missing, the delivery is refused: without a timestamp it could be replayed forever.
 */
export function readBodyTimestamp(payload: unknown, { scheme }: VerificationSettings): number | undefined {
  const { timestamp } = scheme
  if (!timestamp || !('json' in timestamp)) return undefined
  const value = readPointer(payload, timestamp.json)
  if (value === undefined || value === null || value === '') {
    throw new WebhookVerificationError(
      'ERR_WEBHOOK_TIMESTAMP_MISSING',
      `The body has no timestamp at "${timestamp.json}"; if the sender is configured to leave it out, set the scheme's option timestamp: false.`,
      { authentic: true },
    )
  }
  const text = Number.isSafeInteger(value) ? String(value) : value
  const time = typeof text === 'string' ? parseTimestamp(text, timestamp.unit) : undefined
  if (time !== undefined) return time
  throw new WebhookVerificationError(
    'ERR_WEBHOOK_TIMESTAMP_MALFORMED',
    `The timestamp at "${timestamp.json}" of the body is not ${timestamp.unit === 'iso8601' ? 'ISO 8601' : 'plain digits'}.`,
    { authentic: true },
  )
}
