import { defineScheme } from './define-scheme.js'
import { type RefuseScheme, refuseScheme } from './refuse-scheme.js'
import type { Scheme, SchemeDescriptor, WebhookEvent } from './scheme-descriptor.js'
import { attachVerifier, type SignRequest, type VerifyRequest } from './verifier.js'

/** The fields of a descriptor that say how a proof is made. In a custom scheme the verifier decides that. */
type ProofFields = 'signature' | 'signedContent' | 'url' | 'secret'

/**
 * Options of {@link customScheme}: the code that checks the proof, and the other fields of a descriptor. Pointers of `eventId`,
 * `eventType`, `deliveryId` and `identity` point into the payload, also one that `verify` returned. A `timestamp` must be covered by
 * the proof.
 */
export interface CustomSchemeOptions extends Omit<SchemeDescriptor, ProofFields> {
  /**
   * Checks a request with one secret, preferably with the sender's own SDK. It is called with each secret in turn until one
   * proves the request. docs/schemes/custom-scheme.md lists what it must guarantee.
   */
  readonly verify: VerifyRequest
  /**
   * Headers that must be present, the signature's first. A request with a missing, empty or repeated one is refused before its
   * body is read, so `verify` need not check that.
   */
  readonly proofHeaders?: readonly string[]
  /**
   * Signs as the sender does, for tests: `createSender`, `checkReceiver` and the adapter contract need it. A receiver never calls it.
   */
  readonly sign?: SignRequest
  /** Milliseconds that the verifier may take, for all secrets together; after that the response is 503. Default 5,000. */
  readonly verifyTimeoutMs?: number
}

const defaultTimeoutMs = 5_000
/** Timers with a longer delay fire immediately. */
const longestTimerMs = 2 ** 31 - 1

/**
 * A scheme whose proof only code can check: for senders whose own SDK must verify (Twilio, Discord, PayPal). Claims,
 * retries, timeouts and responses work as with any other scheme. If a descriptor can describe how the sender signs, use
 * `defineScheme` instead: it rules out the mistakes that such code can make.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` with the field and the fix
 *
 * @example
 * declare const acmeSdk: { verify(body: Uint8Array, signature: string, secret: string): boolean }
 *
 * const acme = customScheme({
 *   name: 'acme',
 *   proofHeaders: ['Acme-Signature'],
 *   verify({ headers, rawBody }, secret) {
 *     const isValid = acmeSdk.verify(rawBody, headers.get('Acme-Signature') ?? '', secret)
 *     return isValid && { signed: rawBody }
 *   },
 *   eventId: { json: '/id' },
 *   eventType: { json: '/type' },
 * })
 */
export function customScheme<TEvent extends WebhookEvent = WebhookEvent>(
  options: CustomSchemeOptions,
): Scheme<TEvent> {
  const { verify, sign, proofHeaders, verifyTimeoutMs = defaultTimeoutMs, ...descriptor } = options ?? {}
  const refuse: RefuseScheme = refuseScheme(options?.name)
  if (typeof verify !== 'function') refuse('verify must be a function: verify(request, secret) { ... }')
  if (sign !== undefined && typeof sign !== 'function') refuse('sign must be a function, or left out')
  if (typeof verifyTimeoutMs !== 'number' || !(verifyTimeoutMs > 0 && verifyTimeoutMs <= longestTimerMs))
    refuse(`verifyTimeoutMs must be a number of milliseconds above 0, and at most ${longestTimerMs}`)
  const strange = proofFields.find((field) => Object.hasOwn(descriptor, field))
  if (strange !== undefined) refuse(`${strange} is for schemes without code; verify decides it here`)
  return defineScheme<TEvent>({
    ...descriptor,
    ...attachVerifier({ verify, sign, timeoutMs: verifyTimeoutMs }),
    signature: { algorithm: 'custom', ...(proofHeaders && { headers: proofHeaders }) },
  })
}

const proofFields: readonly ProofFields[] = ['signature', 'signedContent', 'url', 'secret']
