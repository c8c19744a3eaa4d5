import type { MaybePromise } from '../promises/maybe-promise.js'
import type { RefuseScheme } from './refuse-scheme.js'
import type { SchemeDescriptor } from './scheme-descriptor.js'

/** Headers as a verifier gets them. Names in any case. */
export interface VerifierHeaders extends Iterable<readonly [name: string, value: string]> {
  /**
   * The value of a header, or undefined where it is absent.
   *
   * @throws WebhookVerificationError `ERR_WEBHOOK_HEADER_AMBIGUOUS` where it was sent more than once; leave it uncaught
   */
  get(name: string): string | undefined
  /** Each header that came once, by its lower-case name: `Object.fromEntries(headers)` is what many SDKs take. */
  [Symbol.iterator](): Iterator<readonly [name: string, value: string]>
}

/** A request as a verifier gets it. Nothing of it is proved yet. */
export interface VerifierRequest {
  readonly method: string
  /** The request target as it came: a path with its query, or a whole URL. What a stranger may write; see `Host`. */
  readonly url: string
  readonly headers: VerifierHeaders
  /** The exact bytes that came; with `contentEncoding: 'decoded'` those after decompression. */
  readonly rawBody: Uint8Array
  /** Aborted once the verifier has taken `verifyTimeoutMs`: pass it to each network call. */
  readonly signal: AbortSignal
}

/** What a verifier has proved, and how far. All of it must come from what the proof covers, an unsigned `id` excepted. */
export interface ProvedContent {
  /**
   * All that the proof covers, save the time of the attempt: bytes, or text, which becomes UTF-8. It stands in the dedupe key
   * of a delivery without a signed id, and recognises a replay. What is in here and differs between two attempts at one event
   * keeps the second from being recognised.
   */
  readonly signed: Uint8Array | string
  /** What the sender calls the delivery, or the event. Unless `idIsSigned`, it counts only together with `signed`. */
  readonly id?: string | undefined
  /** States that the proof covers `id`: then it alone tells the event from others. Default false. */
  readonly idIsSigned?: boolean | undefined
  /** Names the event. */
  readonly event?: string | undefined
  /** What the delivery says. Left out, the raw body is read as the scheme's `payload` says, and must be at an end of `signed`. */
  readonly payload?: unknown
  /** The signed time of the attempt, milliseconds since the epoch. It is checked against `toleranceSeconds`, both ways. */
  readonly timestamp?: number | undefined
}

/**
 * Checks a request's proof with one secret. `undefined`, `null`, `false` or a throw: not proved.
 *
 * @param secret one of the receiver's secrets as it was configured: a shared secret, or the sender's public key as text
 */
export type VerifyRequest = (
  request: VerifierRequest,
  secret: string,
) => MaybePromise<ProvedContent | undefined | null | false>

/** A delivery that is to be signed by a scheme of one's own. */
export interface RequestToSign {
  readonly method: string
  /** Where it will be sent, or a path where that is not known. */
  readonly url: string
  /** Those that are written already, by their lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** A fresh delivery id, for schemes that sign one. */
  readonly id: string
  /** The time to sign, milliseconds since the epoch. */
  readonly timestamp: number
}

/** Makes the headers that prove a delivery, as the sender would. It answers at once: sign with `node:crypto`. */
export type SignRequest = (request: RequestToSign, secret: string) => Readonly<Record<string, string>>

/** The code of a custom scheme. */
export interface Verifier {
  readonly verify: VerifyRequest
  readonly sign: SignRequest | undefined
  /** For all secrets together. */
  readonly timeoutMs: number
}

/** Enumerable under a symbol: a copy by `{ ...scheme }` keeps its verifier, and JSON leaves it out. Two copies of this module share it. */
const place = Symbol.for('countersign.verifier')

/** What a custom scheme's descriptor has beside its data. */
export function attachVerifier(verifier: Verifier): object {
  return { [place]: verifier }
}

/** How a custom scheme signs, where it says so. For senders that try receivers, as those of `@countersign/testing`. */
export function signerOf(scheme: SchemeDescriptor): SignRequest | undefined {
  return (scheme as { readonly [place]?: Verifier })[place]?.sign
}

/** The verifier of a custom scheme; undefined for all others. */
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
