import { bodyIncomplete, bodyTooLarge } from '../body/body-errors.js'
import { asBytes } from '../encoding/as-bytes.js'
import { isGzip } from '../encoding/gzip.js'
import { isWebhookError, WebhookConfigurationError } from '../errors.js'
import { readContentLength } from '../headers/read-content-length.js'
import type { Headers } from '../headers/read-header.js'
import type { MaybePromise } from '../promises/maybe-promise.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type { BodyBudget, BodyLimits, ReadBody, WebhookRequest } from '../types.js'

/** Reads the exact bytes received, within the limits and with the length that Content-Length announces. */
export function readBody(
  body: WebhookRequest['body'],
  headers: Headers,
  { limits }: VerificationSettings,
  budget?: BodyBudget,
): MaybePromise<Uint8Array> {
  if (typeof body !== 'function') return checkBody(body, headers, limits)
  return read(body, budget ? { ...limits, budget } : limits).then((bytes) =>
    checkBody(bytes, headers, limits),
  )
}

function checkBody(given: Uint8Array, headers: Headers, limits: BodyLimits): Uint8Array {
  const bytes = asBytes(given)
  if (!bytes) {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_BODY_ALREADY_PARSED',
      'The body must be raw bytes (Uint8Array): text or a parsed object is no longer what was signed. Pass it on before any parser reads it.',
    )
  }
  if (bytes.length > limits.maxBodyBytes) throw bodyTooLarge(limits.maxBodyBytes)
  const announced = readContentLength(headers)
  if (announced !== undefined && announced !== bytes.length && !wasDecoded(bytes, headers))
    throw bodyIncomplete()
  return bytes
}

/** A body parser may have decompressed it already. Content-Length is then the length of the compressed bytes. */
function wasDecoded(bytes: Uint8Array, headers: Headers): boolean {
  const coding = headers.get('content-encoding')
  return typeof coding === 'string' && coding.toLowerCase() === 'gzip' && !isGzip(bytes)
}

async function read(body: ReadBody, limits: BodyLimits): Promise<Uint8Array> {
  try {
    return await body(limits)
  } catch (cause) {
    if (isWebhookError(cause)) throw cause
    throw bodyIncomplete(cause)
  }
}
