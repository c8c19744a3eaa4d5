import { WebhookConfigurationError, WebhookVerificationError } from '../errors.js'

/** @param remedy what the framework's user can do about it */
export function bodyAlreadyParsed(
  remedy = 'Hand the request over before any parser reads it.',
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
    `Bodies that are not verified yet hold almost ${maxPendingBytes} bytes; raise maxPendingBytes if so many come at once from your sender.`,
  )
}

export function bodyTimedOut(bodyTimeoutMs: number): WebhookVerificationError {
  return new WebhookVerificationError(
    'ERR_WEBHOOK_BODY_TIMEOUT',
    `The body had not come after ${bodyTimeoutMs} ms; raise bodyTimeoutMs if the sender needs it.`,
  )
}

export function bodyIncomplete(cause?: unknown): WebhookVerificationError {
  return new WebhookVerificationError(
    'ERR_WEBHOOK_BODY_INCOMPLETE',
    'The body did not come whole, or is not as long as Content-Length says.',
    cause === undefined ? {} : { cause },
  )
}
