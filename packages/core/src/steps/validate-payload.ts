import { WebhookConfigurationError, WebhookVerificationError } from '../errors.js'
import { isThenable } from '../promises/maybe-promise.js'
import { callbackTimeoutMs, withTimeout } from '../promises/with-timeout.js'
import type { VerificationSettings } from '../settings/verification-settings.js'
import type { StandardSchemaV1 } from '../standard-schema.js'

/**
 * Validates the payload with the application's schema and returns its output. Issues may quote the payload, so they are in
 * `cause` and not in the message.
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

/** Not a verdict on the payload, so the sender must retry. */
function neverEnded(): WebhookConfigurationError {
  return new WebhookConfigurationError(
    'ERR_WEBHOOK_OPTION_INVALID',
    `The schema took longer than ${callbackTimeoutMs} ms to validate the payload; do lookups in the handler instead.`,
  )
}

function invalid(cause: unknown): WebhookVerificationError {
  return new WebhookVerificationError(
    'ERR_WEBHOOK_PAYLOAD_INVALID',
    'The payload is authentic but does not match the schema; the cause has the issues.',
    { authentic: true, cause },
  )
}
