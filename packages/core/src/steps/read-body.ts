import { bodyIncomplete, bodyTooLarge } from '../body/body-errors.js'
import { asBytes } from '../encoding/as-bytes.js'
import { isGzip } from '../encoding/gzip.js'
import { isWebhookError, WebhookConfigurationError } from '../errors.js'
import type { Headers } from '../headers/read-header.js'
import type { MaybePromise } from '../promises/maybe-promise.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type { BodyBudget, BodyLimits, ReadBody, WebhookRequest } from '../types.js'

/** What the headers say about the body, and the budget of unverified bodies. */
export interface ExpectedBody {
  readonly headers: Headers
  /** The value of Content-Length. */
  readonly announcedLength: number | undefined
  readonly budget?: BodyBudget | undefined
  /** Called when the body has been read to its end. */
  readonly onRead?: (() => void) | undefined
}

/** Reads the exact bytes received, within the limits and with the length that Content-Length announces. */
export function readBody(
  body: WebhookRequest['body'],
  expected: ExpectedBody,
  { limits }: VerificationSettings,
): MaybePromise<Uint8Array> {
  return typeof body === 'function' ? read(body, expected, limits) : checkBody(body, expected, limits)
}

async function read(body: ReadBody, expected: ExpectedBody, limits: BodyLimits): Promise<Uint8Array> {
  const { maxBodyBytes, bodyTimeoutMs } = limits
  const { announcedLength, budget, onRead } = expected
  let bytes: Uint8Array
  try {
    bytes = await body({ maxBodyBytes, bodyTimeoutMs, announcedLength, budget })
  } catch (cause) {
    if (isWebhookError(cause)) throw cause
    throw bodyIncomplete(cause)
  }
  onRead?.()
  return checkBody(bytes, expected, limits)
}

function checkBody(
  given: Uint8Array,
  { headers, announcedLength }: ExpectedBody,
  limits: BodyLimits,
): Uint8Array {
  const bytes = asBytes(given)
  if (!bytes) {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_BODY_ALREADY_PARSED',
      'The body must be raw bytes (Uint8Array): text or a parsed object is no longer what was signed. Pass it on before any parser reads it.',
    )
  }
  if (bytes.length > limits.maxBodyBytes) throw bodyTooLarge(limits.maxBodyBytes)
  if (announcedLength !== undefined && announcedLength !== bytes.length && !wasDecoded(bytes, headers))
    throw bodyIncomplete()
  return isShared(bytes) ? Uint8Array.from(bytes) : bytes
}

/** Another thread could write to shared memory after the bytes are verified. */
function isShared({ buffer }: Uint8Array): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer
}

/** A body parser may have decompressed it already. Content-Length is then the length of the compressed bytes. */
function wasDecoded(bytes: Uint8Array, headers: Headers): boolean {
  const coding = headers.get('content-encoding')
  return typeof coding === 'string' && coding.toLowerCase() === 'gzip' && !isGzip(bytes)
}
