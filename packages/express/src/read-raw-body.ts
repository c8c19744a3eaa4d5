import type { IncomingMessage } from 'node:http'
import {
  type BodyLimits,
  type ReadBody,
  WebhookConfigurationError,
  WebhookVerificationError,
} from '@countersign/core'
import getRawBody from 'raw-body'

/** A request of node:http, with what a host or a parser may have left on it. */
export type BodySource = IncomingMessage & { readonly body?: unknown; readonly rawBody?: unknown }

/**
 * The exact bytes: those that `express.raw()`, a `verify` callback or the host (Firebase, Cloud Functions) kept, or
 * else the function that reads them. Text and parsed objects are no bytes, and an object proves nothing about the
 * stream: Express 4 sets `req.body = {}` where nothing was read.
 */
export function rawBodyOf(request: BodySource): Uint8Array | ReadBody {
  if (request.rawBody instanceof Uint8Array) return request.rawBody
  if (request.body instanceof Uint8Array) return request.body
  return (limits) => readRawBody(request, limits)
}

/**
 * Reads the body of a request nobody has read from.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_BODY_ALREADY_PARSED` when somebody has
 * @throws WebhookVerificationError `ERR_WEBHOOK_BODY_TOO_LARGE`, `ERR_WEBHOOK_BODY_TIMEOUT`, `ERR_WEBHOOK_BODY_INCOMPLETE`
 */
export async function readRawBody(request: IncomingMessage, limits: BodyLimits): Promise<Uint8Array> {
  if (request.readableDidRead || request.readableEnded || request.readableEncoding !== null)
    throw alreadyParsed()
  if (request.destroyed) throw incomplete()
  if (!request.readable) throw alreadyParsed()
  const { maxBodyBytes, bodyTimeoutMs } = limits
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(timedOut(bodyTimeoutMs))
    const timer = setTimeout(giveUp, Math.min(bodyTimeoutMs, longestTimerMs))
    // `raw-body` leaves a promise open where a stream closes without an end.
    const goneAway = () => reject(incomplete())
    request.once('close', goneAway)
    const options = { limit: maxBodyBytes, length: request.headers['content-length'] ?? null }
    getRawBody(request, options, (error: { readonly type?: unknown } | null, bytes: Uint8Array) => {
      clearTimeout(timer)
      request.off('close', goneAway)
      if (!error) resolve(bytes)
      else reject(error.type === 'entity.too.large' ? tooLarge(maxBodyBytes) : incomplete())
    })
    // An earlier middleware may have paused the stream to keep it for later.
    request.resume()
  })
}

const longestTimerMs = 2 ** 31 - 1

function tooLarge(maxBodyBytes: number): WebhookVerificationError {
  const message = `The body has more than ${maxBodyBytes} bytes; raise maxBodyBytes if the sender needs it.`
  return new WebhookVerificationError('ERR_WEBHOOK_BODY_TOO_LARGE', message)
}

function timedOut(bodyTimeoutMs: number): WebhookVerificationError {
  const message = `The body had not come after ${bodyTimeoutMs} ms; raise bodyTimeoutMs if the sender needs it.`
  return new WebhookVerificationError('ERR_WEBHOOK_BODY_TIMEOUT', message)
}

function incomplete(): WebhookVerificationError {
  return new WebhookVerificationError(
    'ERR_WEBHOOK_BODY_INCOMPLETE',
    'The sender went away before the whole body had come.',
  )
}

function alreadyParsed(): WebhookConfigurationError {
  return new WebhookConfigurationError(
    'ERR_WEBHOOK_BODY_ALREADY_PARSED',
    "Something read the request's body before the webhook did, so the bytes that were signed are gone. " +
      'Mount the webhook route before app.use(express.json()) and other parsers; ' +
      "or let express.raw({ type: '*/*' }) be the one parser of the route; " +
      'or keep the bytes: express.json({ verify: (req, res, bytes) => { req.rawBody = bytes } }).',
  )
}
