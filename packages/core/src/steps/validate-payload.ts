import { WebhookConfigurationError, WebhookVerificationError } from '../errors.js'
import { isThenable } from '../promises/maybe-promise.js'
import { callbackTimeoutMs, withTimeout } from '../promises/with-timeout.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type { StandardSchemaV1 } from '../standard-schema.js'

/**
 * What the user's schema makes of the payload. Its issues say which field is wrong, and may quote it, so they stay
 * in `cause` and out of the message.
 */
export async function validatePayload(
  payload: unknown,
  schema: StandardSchemaV1,
  { clock }: VerificationSettings,
): Promise<unknown> {
  let result: StandardSchemaV1.Result<unknown>
  try {
    const validating = schema['~standard'].validate(payload)
    result = isThenable(validating)
      ? await withTimeout(Promise.resolve(validating), callbackTimeoutMs, clock, neverEnded)
      : validating
  } catch (cause) {
    if (cause instanceof WebhookConfigurationError) throw cause
    throw invalid(cause)
  }
  if (result.issues) throw invalid(result.issues)
  return result.value
}

/** It says nothing about the payload, so the sender comes again. */
function neverEnded(): WebhookConfigurationError {
  return new WebhookConfigurationError(
    'ERR_WEBHOOK_OPTION_INVALID',
    `The schema had not validated the payload after ${callbackTimeoutMs} ms; let it check what is at hand, and look things up in the handler.`,
  )
}

function invalid(cause: unknown): WebhookVerificationError {
  return new WebhookVerificationError(
    'ERR_WEBHOOK_PAYLOAD_INVALID',
    'The payload is authentic but not what the schema asks for; the cause has the issues.',
    { authentic: true, cause },
  )
}
