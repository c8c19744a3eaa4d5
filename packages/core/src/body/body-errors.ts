import { WebhookConfigurationError, WebhookVerificationError } from '../errors.js'

/** @param remedy how to fix it in the framework in use */
export function bodyAlreadyParsed(
  remedy = 'Pass the request on before any parser reads it.',
): WebhookConfigurationError {
  return new WebhookConfigurationError(
    'ERR_WEBHOOK_BODY_ALREADY_PARSED',
    `Something read the request's body before the webhook did, so the bytes that were signed are gone. ${remedy}`,
  )
}

export function bodyTooLarge(maxBodyBytes: number): WebhookVerificationError {
  return new WebhookVerificationError(
    'ERR_WEBHOOK_BODY_TOO_LARGE',
    `The body has more than ${maxBodyBytes} bytes; raise maxBodyBytes if the sender needs it.`,
  )
}

export function bodiesPending(maxPendingBytes: number): WebhookVerificationError {
  return new WebhookVerificationError(
    'ERR_WEBHOOK_BODIES_PENDING',
    `Bodies that are not verified yet hold almost ${maxPendingBytes} bytes; raise maxPendingBytes if your sender sends this much at once.`,
  )
}

export function bodyTimedOut(bodyTimeoutMs: number): WebhookVerificationError {
  return new WebhookVerificationError(
    'ERR_WEBHOOK_BODY_TIMEOUT',
    `The body did not arrive within ${bodyTimeoutMs} ms; raise bodyTimeoutMs if the sender needs more time.`,
  )
}

export function bodyIncomplete(cause?: unknown): WebhookVerificationError {
  return new WebhookVerificationError(
    'ERR_WEBHOOK_BODY_INCOMPLETE',
    'The body is incomplete, or its length differs from Content-Length.',
    cause === undefined ? {} : { cause },
  )
}
