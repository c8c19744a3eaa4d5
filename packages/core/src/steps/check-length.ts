import { bodyTooLarge } from '../body-errors.js'
import { WebhookVerificationError } from '../errors.js'
import { contentLengthOf } from '../headers/content-length.js'
import type { Headers } from '../headers/signing-header.js'
import type { VerificationSettings } from '../verification-settings.js'

/** Refuses by its headers alone a body that is too long, or compressed: senders sign what they send, uncompressed. */
export function checkLength(headers: Headers, { limits }: VerificationSettings): void {
  const length = contentLengthOf(headers)
  if (length !== undefined && length > limits.maxBodyBytes) throw bodyTooLarge(limits.maxBodyBytes)
  const encoding = headers.get('content-encoding')
  if (encoding === undefined || encoding === '') return
  if (typeof encoding === 'string' && encoding.toLowerCase() === 'identity') return
  throw new WebhookVerificationError(
    'ERR_WEBHOOK_BODY_ENCODED',
    'The body is compressed (Content-Encoding); is a proxy before this endpoint doing that?',
  )
}
