import type { SchemeDescriptor, SecretSet } from '@countersign/core'
import { type SendRequestOptions, type SentResponse, sendRequest } from '../http/send-request.js'
import { type PreparedDelivery, prepareDelivery } from './prepare-delivery.js'
import { readKeys } from './read-keys.js'
import type { SignOptions } from './sign-options.js'
import type { SignedRequest } from './signed-request.js'
import { requireSigner } from './write-custom-proof.js'

/** What a sender needs to know. */
export interface SenderOptions {
  readonly scheme: SchemeDescriptor
  /** Several sign together where the scheme carries several signatures, as during a rotation; else the first signs. */
  readonly secret: SecretSet
  /** Milliseconds since the epoch; default `Date.now`. */
  readonly now?: () => number
}

/** Where to send, and what. */
export interface SendOptions extends SignOptions, SendRequestOptions {
  readonly url: string
}

/** Makes deliveries as the scheme's sender does. */
export interface Sender {
  /** Builds and signs a delivery without sending it. */
  sign(options?: SignOptions): SignedRequest
  /** Builds a delivery of which several attempts are to be made: each is signed anew, with the same id and body. */
  prepare(options?: SignOptions): PreparedDelivery
  /**
   * Signs a delivery and sends it over HTTP. To send the same delivery twice, pass what `sign` made to `sendRequest`.
   *
   * @throws Error when there is no answer
   */
  send(options: SendOptions): Promise<SentResponse>
}

/**
 * Creates the reference sender: it speaks any scheme, for tests and demonstrations. Its MACs are made with
 * `node:crypto` and share no code with the receiver's.
 *
 * A custom scheme's deliveries are signed by its own `sign`, with `secret` as that function takes it: a private key where the
 * sender signs with one.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SECRET_INVALID` where there is no secret, `ERR_WEBHOOK_SCHEME_INVALID` for a
 * custom scheme without `sign`
 */
export function createSender({ scheme, secret, now = Date.now }: SenderOptions): Sender {
  const ownKeys = readKeys(secret, scheme)
  requireSigner(scheme)
  const prepare = (options: SignOptions = {}): PreparedDelivery => {
    const keys = options.secret === undefined ? ownKeys : readKeys(options.secret, scheme)
    return prepareDelivery({ scheme, keys, now }, options)
  }
  const sign = (options?: SignOptions): SignedRequest => prepare(options).sign()
  return { sign, prepare, send: (options) => sendRequest(sign(options), options) }
}
