import {
  createReceiver,
  defineScheme,
  isWebhookError,
  type SchemeDescriptor,
  type SecretValue,
  type WebhookErrorCode,
} from '@countersign/core'
import type { Capture } from '../captures/capture.js'

/** Why a descriptor does not do. The message holds nothing of the captures' values. */
export interface Refusal {
  readonly code: WebhookErrorCode
  readonly message: string
  /** Place of the capture that was refused; 0 where the scheme itself is. */
  readonly index: number
}

/** Any time of a capture is good: what is asked is whether it can be read. */
const anyAgeSeconds = 1e12

/**
 * Has `verify()` decide whether a descriptor is right for every capture.
 *
 * @returns undefined where it is
 */
export async function checkCandidate(
  descriptor: SchemeDescriptor,
  captures: readonly Capture[],
  secret: SecretValue,
): Promise<Refusal | undefined> {
  let index = 0
  try {
    const receiver = createReceiver({
      scheme: defineScheme(descriptor),
      secret,
      toleranceSeconds: anyAgeSeconds,
      onWarning: () => {},
    })
    for (const { method, url, headers, body } of captures) {
      await receiver.verify({ method, url, headers, body })
      index++
    }
    return undefined
  } catch (error) {
    if (!isWebhookError(error)) throw error
    return { code: error.code, message: error.message, index }
  }
}
