import { WebhookVerificationError } from '../errors.js'
import type { StandardSchemaV1 } from '../standard-schema.js'

/**
 * What the user's schema makes of the payload. Its issues say which field is wrong, and may quote it, so they stay
 * in `cause` and out of the message.
 */
export async function validatePayload(payload: unknown, schema: StandardSchemaV1): Promise<unknown> {
  let result: StandardSchemaV1.Result<unknown>
  try {
    result = await schema['~standard'].validate(payload)
  } catch (cause) {
    throw invalid(cause)
  }
  if (result.issues) throw invalid(result.issues)
  return result.value
}

function invalid(cause: unknown): WebhookVerificationError {
  return new WebhookVerificationError(
    'ERR_WEBHOOK_PAYLOAD_INVALID',
    'The payload is authentic but not what the schema asks for; the cause has the issues.',
    { authentic: true, cause },
  )
}
