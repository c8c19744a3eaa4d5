import { createReceiver, isWebhookError, type Scheme, type WebhookErrorCode } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import type { ExplainOptions } from './explanation.js'

/** The result of verifying with the configured scheme and secret. */
export interface ConfiguredVerdict {
  readonly isValid: boolean
  /** The proof is correct, whatever else is wrong. */
  readonly isAuthentic: boolean
  readonly code: WebhookErrorCode | undefined
}

/**
 * Verifies a capture with the configured scheme and the first secret.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for an invalid descriptor
 */
export async function verifyAsConfigured(
  { method, url, headers, body }: Capture,
  { scheme, secrets, now = Date.now(), toleranceSeconds }: ExplainOptions,
): Promise<ConfiguredVerdict> {
  // Retries do not matter here, and a receiver would check them against its lease.
  const { retries, retriesForSeconds, disablesAfter, ...checked } = scheme
  try {
    // Unlike verify(), a receiver lets us silence its warnings.
    const receiver = createReceiver({
      scheme: checked as Scheme,
      secret: secrets[0]?.value,
      now: () => now,
      onWarning: () => {},
      ...(toleranceSeconds !== undefined && { toleranceSeconds }),
    })
    await receiver.verify({ method, url, headers, body })
    return { isValid: true, isAuthentic: true, code: undefined }
  } catch (error) {
    if (isWebhookError(error, 'ERR_WEBHOOK_SCHEME_INVALID')) throw error
    if (!isWebhookError(error)) return { isValid: false, isAuthentic: false, code: undefined }
    const isAuthentic = 'authentic' in error && error.authentic === true
    return { isValid: false, isAuthentic, code: error.code }
  }
}
