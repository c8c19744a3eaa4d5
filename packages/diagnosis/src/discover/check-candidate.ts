import {
  createReceiver,
  defineScheme,
  isWebhookError,
  type SchemeDescriptor,
  type SecretValue,
  type WebhookErrorCode,
} from '@countersign/core'
import type { Capture } from '../captures/capture.js'

/** Why a descriptor does not fit. The message contains no values of the captures. */
export interface Refusal {
  readonly code: WebhookErrorCode
  readonly message: string
  /** Index of the capture that was refused; 0 if the scheme itself is invalid. */
  readonly index: number
}

/** Accepts a timestamp of any age: the question is only whether it can be read. */
const anyAgeSeconds = 1e12

/**
 * Checks with `verify()` whether a descriptor accepts every capture.
 *
 * @returns undefined if it does
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
