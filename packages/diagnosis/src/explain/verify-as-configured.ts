import { createReceiver, isWebhookError, type Scheme, type WebhookErrorCode } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import type { ExplainOptions } from './explanation.js'

/** What the product's own verification says. */
export interface ConfiguredVerdict {
  readonly isValid: boolean
  /** The proof is right, whatever else is wrong. */
  readonly isAuthentic: boolean
  readonly code: WebhookErrorCode | undefined
}

/** @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for a wrong descriptor, of which nothing can be said */
export async function verifyAsConfigured(
  { method, url, headers, body }: Capture,
  { scheme, secrets, now = Date.now(), toleranceSeconds }: ExplainOptions,
): Promise<ConfiguredVerdict> {
  // What is said of retries is no matter here, and would be measured against a receiver's lease.
  const { retries, retriesForSeconds, disablesAfter, ...checked } = scheme
  try {
    // Unlike verify(), a receiver can be told to keep its warnings to itself.
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
