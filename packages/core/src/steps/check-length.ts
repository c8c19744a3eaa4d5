import { bodyTooLarge } from '../body/body-errors.js'
import { WebhookVerificationError } from '../errors.js'
import type { PickedHeader } from '../headers/pick-headers.js'
import type { Headers } from '../headers/read-header.js'
import type { VerificationSettings } from '../settings/verification-settings.js'

/**
 * Refuses a body that is too long, or unexpectedly compressed, by its headers and before it is read.
 *
 * @param length the value of Content-Length
 */
export function checkLength(
  headers: Headers,
  length: number | undefined,
  { limits, scheme }: VerificationSettings,
): void {
  if (length !== undefined && length > limits.maxBodyBytes) throw bodyTooLarge(limits.maxBodyBytes)
  const coding = headers.get('content-encoding')
  const isGzipTaken = scheme.descriptor.contentEncoding !== undefined
  if (!isNamed(coding, 'identity') && !(isGzipTaken && isNamed(coding, 'gzip'))) {
    refuseCoding(
      isGzipTaken
        ? 'The body is compressed otherwise than with gzip (Content-Encoding).'
        : `The body is compressed (Content-Encoding). If the sender does that, set the scheme's contentEncoding; if not, a proxy before this endpoint does.`,
    )
  }
  // Other than chunked, which the HTTP parser decodes (RFC 9112, section 6.1).
  if (!isNamed(headers.get('transfer-encoding'), 'chunked'))
    refuseCoding(
      'The body has a transfer coding besides "chunked" (Transfer-Encoding), which nothing here decodes.',
    )
}

function isNamed(coding: PickedHeader, name: string): boolean {
  if (coding === undefined || coding === '') return true
  return typeof coding === 'string' && coding.trim().toLowerCase() === name
}

function refuseCoding(message: string): never {
  throw new WebhookVerificationError('ERR_WEBHOOK_BODY_ENCODED', message)
}
