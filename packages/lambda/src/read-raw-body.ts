import { WebhookConfigurationError } from '@countersign/core'
import { bodyParserRemedy } from './body-parser-remedy.js'

/** The body of an event. */
interface EventBody {
  readonly body?: string | null | undefined
  readonly isBase64Encoded?: boolean | undefined
}

/**
 * Reads the bytes that the gateway received. Text is encoded as UTF-8.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_BODY_ALREADY_PARSED` if a middleware has replaced the body
 */
export function readRawBody({ body, isBase64Encoded }: EventBody): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array()
  if (typeof body !== 'string') throw bodyReplaced()
  if (!isBase64Encoded) return Buffer.from(body, 'utf8')
  const bytes = Buffer.from(body, 'base64')
  // Node skips characters that are not base64. Gateways write none, but a middleware that decodes the body may leave the flag set.
  if (bytes.toString('base64') !== body) throw bodyReplaced()
  return bytes
}

function bodyReplaced(): WebhookConfigurationError {
  return new WebhookConfigurationError(
    'ERR_WEBHOOK_BODY_ALREADY_PARSED',
    `A middleware replaced the event's body before the webhook read it, so the bytes that were signed are gone. ${bodyParserRemedy}`,
  )
}
