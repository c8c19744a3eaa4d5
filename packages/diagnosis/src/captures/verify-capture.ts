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
import { checkByCode } from './check-by-code.js'
import { type CaptureCheck, judgeChecks, type Refusal } from './judge-checks.js'
import { type Attempt, relaxCheck } from './relax-check.js'

/** Options for {@link verifyCapture}. */
export interface VerifyCaptureOptions {
  readonly scheme: Scheme
  /** One secret or several, as the option `secret` of a receiver. */
  readonly secret: SecretSet
  /** Milliseconds since the epoch. Default: now. For an old capture, pass the time at which it was received. */
  readonly now?: number | undefined
  /** Seconds that a signed time may differ from `now`. Default: the scheme's tolerance. */
  readonly toleranceSeconds?: number | Tolerance | undefined
  /** Largest body in bytes. Default: the scheme's limit, or 1 MiB, as in a receiver. */
  readonly maxBodyBytes?: number | undefined
}

/** What a receiver would do with a capture. */
export interface CaptureVerdict {
  /** Whether a receiver accepts the delivery. */
  readonly verdict: 'accepted' | 'refused'
  /** The error code with which a receiver refuses it; undefined if it is accepted. */
  readonly code: VerificationErrorCode | undefined
  /** Whether the sender's proof is correct, whatever else is wrong. */
  readonly authentic: boolean
  /** The result of every check, in the order of a receiver. */
  readonly checks: readonly CaptureCheck[]
  /** The verified delivery; undefined if it is refused. */
  readonly delivery: VerifiedDelivery | undefined
}

/**
 * Verifies a capture as a receiver would, but continues after a failed check if it can: a delivery that is too old may also
 * be forged, and a body that is too large may still have a correct signature.
 *
 * @throws WebhookConfigurationError for a scheme or secret that no receiver accepts
 *
 * @example
 * import { stripe } from '@countersign/core/schemes'
 * import { readCapture, verifyCapture } from '@countersign/diagnosis'
 *
 * const capture = readCapture(Buffer.from('POST /hooks HTTP/1.1\r\nStripe-Signature: t=1,v1=00\r\n\r\n{}'))
 * const { verdict, code, checks } = await verifyCapture(capture, {
 *   scheme: stripe(),
 *   secret: 'whsec_0123456789abcdef0123456789abcdef',
 * })
 * console.log(verdict, code, checks.filter(({ passed }) => passed === false))
 */
export async function verifyCapture(
  capture: Capture,
  options: VerifyCaptureOptions,
): Promise<CaptureVerdict> {
  const { scheme } = options
  const { refusals, delivery } = await verifyRemaining({ capture, options: optionsOf(options) }, [])
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

interface AttemptResult {
  readonly refusals: readonly Refusal[]
  readonly delivery: VerifiedDelivery | undefined
}

/** @param before refusals whose checks are skipped now */
async function verifyRemaining(attempt: Attempt, before: readonly Refusal[]): Promise<AttemptResult> {
  const end = await tryOnce(attempt)
  if ('delivery' in end) return { refusals: before, delivery: end.delivery }
  const refusals = [...before, end]
  const wasPassedOver = before.some(({ code }) => checkByCode[code] === checkByCode[end.code])
  const next = wasPassedOver ? undefined : relaxCheck(attempt, end.code)
  return next ? verifyRemaining(next, refusals) : { refusals, delivery: undefined }
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
  return isWebhookError(error) && Object.hasOwn(checkByCode, error.code)
}
