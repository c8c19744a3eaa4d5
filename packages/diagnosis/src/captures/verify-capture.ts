import {
  isWebhookError,
  type Scheme,
  type SecretSet,
  type Tolerance,
  type VerificationErrorCode,
  type VerifiedDelivery,
  verify,
  type WebhookVerificationError,
} from '@countersign/core'
import type { Capture } from './capture.js'
import { checkOf } from './check-of.js'
import { type CaptureCheck, judgeChecks, type Refusal } from './judge-checks.js'
import { type Attempt, relaxCheck } from './relax-check.js'

/** Against what a capture is held. */
export interface VerifyCaptureOptions {
  readonly scheme: Scheme
  readonly secret: SecretSet
  /** Milliseconds since the epoch; default: now. For an old capture, the time at which it was received. */
  readonly now?: number | undefined
  /** Seconds a signed time may differ. Default: the scheme's. */
  readonly toleranceSeconds?: number | Tolerance | undefined
  /** Largest body in bytes. Default: the scheme's, else 1 MiB, as of a receiver. */
  readonly maxBodyBytes?: number | undefined
}

/** What a receiver would have done with a capture. */
export interface CaptureVerdict {
  readonly verdict: 'accepted' | 'refused'
  /** The code with which a receiver refuses it. */
  readonly code: VerificationErrorCode | undefined
  /** The sender's proof is right, whatever else is wrong. */
  readonly authentic: boolean
  /** All checks, in the order of the way. */
  readonly checks: readonly CaptureCheck[]
  /** What was accepted; undefined where it was refused. */
  readonly delivery: VerifiedDelivery | undefined
}

/**
 * Verifies a capture as a receiver would. After a failure it goes on where that is possible: a delivery that is too old
 * may also be forged, and a body that is too large may be signed rightly.
 *
 * @throws WebhookConfigurationError for a scheme or secret that no receiver takes
 */
export async function verifyCapture(
  capture: Capture,
  options: VerifyCaptureOptions,
): Promise<CaptureVerdict> {
  const { scheme } = options
  const { refusals, delivery } = await goOn({ capture, options: optionsOf(options) }, [])
  const checks = judgeChecks({ scheme, refusals, delivery })
  const [first] = refusals
  if (!first) return { verdict: 'accepted', code: undefined, authentic: true, checks, delivery }
  const authentic = delivery !== undefined || refusals.some((refusal) => refusal.authentic)
  return { verdict: 'refused', code: first.code, authentic, checks, delivery: undefined }
}

function optionsOf(options: VerifyCaptureOptions): Attempt['options'] {
  const { scheme, secret, now = Date.now(), toleranceSeconds, maxBodyBytes } = options
  return {
    scheme,
    secret,
    now: () => now,
    ...(toleranceSeconds !== undefined && { toleranceSeconds }),
    ...(maxBodyBytes !== undefined && { maxBodyBytes }),
  }
}

interface WayEnd {
  readonly refusals: readonly Refusal[]
  readonly delivery: VerifiedDelivery | undefined
}

/** @param before refusals whose checks are passed over now */
async function goOn(attempt: Attempt, before: readonly Refusal[]): Promise<WayEnd> {
  const end = await tryOnce(attempt)
  if ('delivery' in end) return { refusals: before, delivery: end.delivery }
  const refusals = [...before, end]
  const wasPassedOver = before.some(({ code }) => checkOf[code] === checkOf[end.code])
  const next = wasPassedOver ? undefined : relaxCheck(attempt, end.code)
  return next ? goOn(next, refusals) : { refusals, delivery: undefined }
}

async function tryOnce({
  capture: { method, url, headers, body },
  options,
}: Attempt): Promise<Refusal | { delivery: VerifiedDelivery }> {
  try {
    return { delivery: await verify({ method, url, headers, body }, options) }
  } catch (error) {
    if (isRefusal(error)) return { code: error.code, message: error.message, authentic: error.authentic }
    throw error
  }
}

function isRefusal(error: unknown): error is WebhookVerificationError {
  return isWebhookError(error) && Object.hasOwn(checkOf, error.code)
}
