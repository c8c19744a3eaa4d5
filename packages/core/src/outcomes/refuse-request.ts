import { digestText, randomToken } from '#crypto'
import { callStore } from '../dedupe/call-store.js'
import { writeKeySource } from '../dedupe/write-key-source.js'
import {
  type DedupeStoreError,
  isWebhookError,
  WebhookConfigurationError,
  type WebhookError,
} from '../errors.js'
import { describeThrown } from '../log/describe-thrown.js'
import type { ReceiverSettings } from '../settings/receiver-settings.js'
import { buildResponse } from '../steps/build-response.js'
import type { SignedDelivery } from '../steps/verify-signature.js'
import type { Acceptance } from '../types.js'
import type { RequestContext } from './request-context.js'

/** Turns an error into an outcome, by who must fix it: the developer, the operator or the sender. */
export async function refuseRequest(
  cause: unknown,
  signed: SignedDelivery | undefined,
  context: RequestContext,
  settings: ReceiverSettings,
): Promise<Acceptance> {
  const error = asWebhookError(cause)
  const isAuthentic = 'authentic' in error && error.authentic === true
  void context.notify('onRejected', { error, authentic: isAuthentic })
  // By name: an adapter may have loaded another copy of the classes.
  if (error.name === 'WebhookConfigurationError') {
    // This code follows an accepted delivery, so it is logged each time. An attacker could fill the log with the others.
    const log = error.code === 'ERR_WEBHOOK_VERIFIED_TWICE' ? settings.report : settings.warn
    log(describeError(error), { hostLogger: context.request.logger, level: 'error', error })
    return context.decline({ type: 'misconfigured', error })
  }
  if (error.name !== 'WebhookVerificationError') return context.decline({ type: 'unavailable', error })
  if (signed && isPayloadError(error) && (await isExhausted(signed, error, context, settings))) {
    return context.decline({ type: 'exhausted', delivery: undefined, error })
  }
  return context.decline({ type: 'refused', error })
}

/** Turns an error outside of all steps into an outcome: the request may not even be an object. */
export function refuseUnexpected(cause: unknown, settings: ReceiverSettings): Acceptance {
  const error = asWebhookError(cause)
  settings.warn(describeError(error), { level: 'error', error })
  const ending = { type: 'misconfigured', error } as const
  return { accepted: false, outcome: { ...ending, response: buildResponse(ending, false, settings) } }
}

/** The message of an unexpected error, with its cause. */
function describeError({ message, cause }: WebhookError): string {
  return cause === undefined ? message : `${message} ${describeThrown(cause)}`
}

/** Wraps an error that no step throws on purpose: a defect of this package or of the host. It must not become an unhandled rejection. */
function asWebhookError(cause: unknown): WebhookError {
  if (isWebhookError(cause)) return cause
  const message = 'Receiving failed unexpectedly.'
  return new WebhookConfigurationError('ERR_WEBHOOK_OPTION_INVALID', message, { cause })
}

function isPayloadError({ code }: WebhookError): boolean {
  return code === 'ERR_WEBHOOK_PAYLOAD_MALFORMED' || code === 'ERR_WEBHOOK_PAYLOAD_INVALID'
}

/**
 * Counts the attempts of an authentic delivery whose payload cannot be read, under the digest of its bytes, so that the
 * sender does not disable the endpoint because of one bad event.
 */
async function isExhausted(
  signed: SignedDelivery,
  error: WebhookError,
  context: RequestContext,
  settings: ReceiverSettings,
): Promise<boolean> {
  const { store, exhaustAfter, leaseMs, retentionMs, verification } = settings
  if (exhaustAfter === undefined) return false
  try {
    const fingerprint = await digestText(signed.rawBody)
    const key = `[${await writeKeySource(signed, verification)},"unreadable",${JSON.stringify(fingerprint)}]`
    const token = randomToken()
    const attemptedAt = signed.headerTime?.time
    const claim = { key, token, fingerprint, leaseMs, retentionMs, hold: false, attemptedAt }
    const { state } = await callStore('claim', () => store.claim(claim), settings)
    if (state === 'failed') return true
    if (state !== 'claimed') return false
    const release = { key, token, code: error.code, failFromAttempts: exhaustAfter }
    if ((await callStore('release', () => store.release(release), settings)) !== 'failed') return false
    await context.notify('onExhausted', { error, authentic: true, rawBody: signed.rawBody })
    return true
  } catch (storeError) {
    void context.notify('onStoreError', { error: storeError as DedupeStoreError })
    return false
  }
}
