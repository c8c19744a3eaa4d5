import { pickHeaders } from './headers/pick-headers.js'
import { readContentLength } from './headers/read-content-length.js'
import type { VerifyOptions } from './options.js'
import type { MaybePromise } from './promises/maybe-promise.js'
import { isPromise } from './promises/maybe-promise.js'
import { runSteps, type Steps } from './promises/run-steps.js'
import type { WebhookEvent } from './schemes/scheme-descriptor.js'
import type { SelectedSecrets } from './secrets/resolve-secrets.js'
import { cachedVerificationSettings, type VerificationSettings } from './settings/verification-settings.js'
import type { StandardSchemaV1 } from './standard-schema.js'
import { buildDelivery } from './steps/build-delivery.js'
import { callVerifier } from './steps/call-verifier.js'
import { checkLength } from './steps/check-length.js'
import { checkMethod } from './steps/check-method.js'
import { checkTimestamp } from './steps/check-timestamp.js'
import { computeSignatures } from './steps/compute-signatures.js'
import { decodeBody } from './steps/decode-body.js'
import { identifyDelivery } from './steps/identify-delivery.js'
import {
  canMakeKeysLater,
  type DeliveryKeys,
  type KeySubject,
  makeDeliveryKeys,
} from './steps/make-delivery-keys.js'
import { parsePayload } from './steps/parse-payload.js'
import { readBody } from './steps/read-body.js'
import { readBodyTimestamp } from './steps/read-body-timestamp.js'
import { readNames } from './steps/read-names.js'
import { readSignature } from './steps/read-signature.js'
import { readTimestamp } from './steps/read-timestamp.js'
import { selectSecrets } from './steps/select-secrets.js'
import { validatePayload } from './steps/validate-payload.js'
import { type SecretResult, type SignedDelivery, verifySignature } from './steps/verify-signature.js'
import type { VerifiedDelivery, WebhookRequest } from './types.js'

/**
 * Verifies one request: its sender, its timestamp and its payload. It does not deduplicate; use `createReceiver` to handle
 * each event once.
 *
 * @throws WebhookVerificationError with the reason's code, for any request that is not a valid delivery
 * @throws WebhookConfigurationError for wrong options
 * @throws WebhookSecretError when a secret resolver fails
 *
 * @example
 * export async function readTicket(request: Request): Promise<unknown> {
 *   const { method, url, headers } = request
 *   const body = new Uint8Array(await request.arrayBuffer())
 *   const options = { scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }
 *   const { payload } = await verify({ method, url, headers, body }, options)
 *   return payload
 * }
 */
export async function verify<TEvent extends WebhookEvent>(
  request: WebhookRequest,
  options: VerifyOptions<TEvent>,
): Promise<VerifiedDelivery<TEvent>> {
  const settings = cachedVerificationSettings(options)
  const verifying = runSteps(verifyRequest<TEvent>(request, settings, { mayDelayKey: true }))
  return (isPromise(verifying) ? await verifying : verifying).delivery
}

/** A delivery, and what a receiver needs to handle it once. */
export interface Verified<TEvent extends WebhookEvent = WebhookEvent> {
  readonly delivery: VerifiedDelivery<TEvent>
  /** Undefined if the key is made when it is first read. */
  readonly keys: DeliveryKeys | undefined
  /** The signed timestamp of this attempt. A timestamp in the body does not count: it may be the event's, and the same in every attempt. */
  readonly attemptedAt: number | undefined
}

/** What a receiver adds: its schema, and a callback for deliveries that are authentic but may still be unreadable. */
export interface VerifyExtras {
  readonly schema?: StandardSchemaV1 | undefined
  readonly onAuthentic?: (signed: SignedDelivery) => void
  /** Called when the body has been read to its end; not for a body that is already in memory. */
  readonly onRead?: () => void
  /** Whether an idempotency key with a digest is only made when it is read. */
  readonly mayDelayKey?: boolean
}

/**
 * Verifies a request: one step a line, and the first refusal throws. Everything that headers alone can refuse is refused
 * before the body is read. It only waits for real promises: with node:crypto and a body in memory there are none.
 */
export function* verifyRequest<TEvent extends WebhookEvent = WebhookEvent>(
  request: WebhookRequest,
  settings: VerificationSettings,
  { schema, onAuthentic, onRead, mayDelayKey = false }: VerifyExtras = {},
): Steps<Verified<TEvent>> {
  const { method, url } = request
  checkMethod(method, settings)
  const headers = pickHeaders(request.headers, settings.wantedHeaders)
  const announcedLength = readContentLength(headers)
  checkLength(headers, announcedLength, settings)
  const candidates = readSignature(headers, url, settings)
  const statedTime = readTimestamp(headers, settings)
  const names = readNames(headers, settings)
  const selecting = selectSecrets(request, settings)
  const selected: SelectedSecrets = isPromise(selecting) ? yield selecting : selecting
  const held = settings.pendingBytes?.reserve()
  let signed: SignedDelivery
  try {
    const reading = readBody(request.body, { headers, announcedLength, budget: held, onRead }, settings)
    const body: Uint8Array = isPromise(reading) ? yield reading : reading
    const decoding = decodeBody(body, { signed: 'decoded', budget: held }, settings)
    const rawBody: Uint8Array = isPromise(decoding) ? yield decoding : decoding
    const unverified = {
      method,
      url,
      headers,
      candidates,
      headerTime: statedTime,
      names,
      selected,
      rawBody,
      announcedLength,
    }
    const { verifier } = settings.scheme
    const proving: MaybePromise<readonly SecretResult[]> = verifier
      ? callVerifier(unverified, verifier, settings)
      : computeSignatures(unverified, settings)
    const results: readonly SecretResult[] = isPromise(proving) ? yield proving : proving
    signed = verifySignature(unverified, results, settings)
  } finally {
    held?.release()
  }
  const { headerTime } = signed
  checkTimestamp(headerTime?.time, settings)
  onAuthentic?.(signed)
  const inflating = decodeBody(signed.rawBody, { signed: 'as-sent' }, settings)
  const content: Uint8Array = isPromise(inflating) ? yield inflating : inflating
  const parsed = parsePayload(signed, { content, url }, settings)
  const bodyTime = readBodyTimestamp(parsed?.value, settings)
  checkTimestamp(bodyTime, settings)
  const identity = identifyDelivery(signed, parsed, settings)
  const subject: KeySubject = { identity, parsed, signed }
  const makeKeys = () => makeDeliveryKeys(subject, settings)
  const making = mayDelayKey && canMakeKeysLater(subject, settings) ? undefined : makeKeys()
  const keys: DeliveryKeys | undefined = isPromise(making) ? yield making : making
  const unchecked = settings.parse ? parsed?.value : undefined
  const payload: unknown = schema ? yield validatePayload(parsed?.value, schema, settings) : unchecked
  const key = keys ? keys.idempotencyKey : () => (makeKeys() as DeliveryKeys).idempotencyKey
  const delivery = buildDelivery<TEvent>({ signed, identity, payload, bodyTime, key }, settings)
  return { delivery, keys, attemptedAt: headerTime?.time }
}
