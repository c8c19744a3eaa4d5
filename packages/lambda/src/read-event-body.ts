import { WebhookConfigurationError } from '@countersign/core'

/** What an event says of its body. */
interface EventBody {
  readonly body?: string | null | undefined
  readonly isBase64Encoded?: boolean | undefined
}

/**
 * The bytes that the gateway took in. Text is their UTF-8.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_BODY_ALREADY_PARSED` when a middleware has put something else there
 */
export function readEventBody({ body, isBase64Encoded }: EventBody): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array()
  if (typeof body !== 'string') throw bodyReplaced()
  if (!isBase64Encoded) return Buffer.from(body, 'utf8')
  const bytes = Buffer.from(body, 'base64')
  // Node passes over what is no base64. A gateway writes nothing else, but a middleware that decodes may leave the flag.
  if (bytes.toString('base64') !== body) throw bodyReplaced()
  return bytes
}

function bodyReplaced(): WebhookConfigurationError {
  return new WebhookConfigurationError(
    'ERR_WEBHOOK_BODY_ALREADY_PARSED',
    "A middleware replaced the event's body before the webhook read it, so the bytes that were signed are gone. Take " +
      "body parsers (Middy's httpJsonBodyParser and the like) off this function, or give the webhook a function of its own.",
  )
}
