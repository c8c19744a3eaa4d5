import type { MaybePromise } from '../promises/maybe-promise.js'
import type { RefuseScheme } from './refuse-scheme.js'
import type { SchemeDescriptor } from './scheme-descriptor.js'

/** The headers of a request, as a verifier gets them. Names are case-insensitive. */
export interface VerifierHeaders extends Iterable<readonly [name: string, value: string]> {
  /**
   * Returns the value of a header, or undefined if it is absent.
   *
   * @throws WebhookVerificationError `ERR_WEBHOOK_HEADER_AMBIGUOUS` if it was sent more than once; do not catch it
   */
  get(name: string): string | undefined
  /** Iterates over the headers that were sent once, by lower-case name: many SDKs take `Object.fromEntries(headers)`. */
  [Symbol.iterator](): Iterator<readonly [name: string, value: string]>
}

/** A request as a verifier gets it. None of it is verified yet. */
export interface VerifierRequest {
  readonly method: string
  /** The request target as received: a path with its query, or an absolute URL. An attacker controls it, as well as `Host`. */
  readonly url: string
  readonly headers: VerifierHeaders
  /** The exact bytes received; with `contentEncoding: 'decoded'`, after decompression. */
  readonly rawBody: Uint8Array
  /** Aborted after `verifyTimeoutMs`: pass it to each network call. */
  readonly signal: AbortSignal
}

/** What a verifier has proved. All of it must be covered by the proof, except an unsigned `id`. */
export interface ProvedContent {
  /**
   * Everything that the proof covers, except the timestamp of the attempt: bytes, or text that is encoded as UTF-8. It is part
   * of the dedupe key of a delivery without a signed id, and identifies a replay. If it differs between two attempts at one
   * event, the second one is not recognised.
   */
  readonly signed: Uint8Array | string
  /** The sender's id of the delivery or the event. Unless `idIsSigned`, it identifies the event only together with `signed`. */
  readonly id?: string | undefined
  /** Whether the proof covers `id`: then the id alone identifies the event. Default false. */
  readonly idIsSigned?: boolean | undefined
  /** The event's name. */
  readonly event?: string | undefined
  /** The payload. If left out, the raw body is parsed by the scheme's `payload`, and must be at the start or the end of `signed`. */
  readonly payload?: unknown
  /** The signed timestamp of the attempt, in milliseconds since the epoch. It is checked against `toleranceSeconds`. */
  readonly timestamp?: number | undefined
}

/**
 * Checks a request's proof with one secret. To return `undefined`, `null` or `false`, or to throw, means: not proved.
 *
 * @param secret one of the receiver's secrets as configured: a shared secret, or the sender's public key as text
 */
export type VerifyRequest = (
  request: VerifierRequest,
  secret: string,
) => MaybePromise<ProvedContent | undefined | null | false>

/** A delivery that a custom scheme signs. */
export interface RequestToSign {
  readonly method: string
  /** The URL it will be sent to, or a path if that is not known. */
  readonly url: string
  /** The headers so far, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** A new delivery id, for schemes that sign one. */
  readonly id: string
  /** The timestamp to sign, in milliseconds since the epoch. */
  readonly timestamp: number
}

/** Returns the headers that prove a delivery, as the sender would. Synchronous: sign with `node:crypto`. */
export type SignRequest = (request: RequestToSign, secret: string) => Readonly<Record<string, string>>

/** The code of a custom scheme. */
export interface Verifier {
  readonly verify: VerifyRequest
  readonly sign: SignRequest | undefined
  /** For all secrets together. */
  readonly timeoutMs: number
}

/** An enumerable property with a symbol as its key: `{ ...scheme }` copies the verifier, and JSON leaves it out. Two copies of this module share the symbol. */
const place = Symbol.for('countersign.verifier')

/** Returns the property that attaches a verifier to a custom scheme's descriptor. */
export function attachVerifier(verifier: Verifier): object {
  return { [place]: verifier }
}

/**
 * Returns a custom scheme's `sign` option, if it has one. For test senders, such as those of `@countersign/testing`.
 *
 * @example
 * const scheme = customScheme({
 *   name: 'acme',
 *   verify: () => false,
 *   sign: (_request, secret) => ({ 'Acme-Token': secret }),
 * })
 * findSigner(scheme) // the function above
 * findSigner(visibuild()) // undefined
 */
export function findSigner(scheme: SchemeDescriptor): SignRequest | undefined {
  return (scheme as { readonly [place]?: Verifier })[place]?.sign
}

/** Returns the verifier of a custom scheme; undefined for all others. */
export function getVerifier(descriptor: SchemeDescriptor, refuse: RefuseScheme): Verifier | undefined {
  const verifier = (descriptor as { readonly [place]?: Verifier })[place]
  const isCustom = descriptor.signature.algorithm === 'custom'
  if (isCustom && !verifier)
    refuse(
      'algorithm "custom" has no verifier: make the scheme with customScheme(). Its verify function is code, which JSON and ' +
        'structuredClone leave out, so a custom scheme cannot be saved and read back',
    )
  if (!isCustom && verifier)
    refuse(
      'signature replaces the verifier of a custom scheme; leave signature out, or describe the scheme with defineScheme()',
    )
  return verifier
}
