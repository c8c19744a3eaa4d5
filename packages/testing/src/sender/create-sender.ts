import type { SchemeDescriptor, SecretSet } from '@countersign/core'
import { type SendRequestOptions, type SentResponse, sendRequest } from '../http/send-request.js'
import { type PreparedDelivery, prepareDelivery } from './prepare-delivery.js'
import { readKeys } from './read-keys.js'
import type { SignOptions } from './sign-options.js'
import type { SignedRequest } from './signed-request.js'
import { requireSigner } from './write-custom-proof.js'

/** Options for {@link createSender}. */
export interface SenderOptions {
  readonly scheme: SchemeDescriptor
  /** If the scheme allows several signatures, every secret signs, as during a rotation; otherwise only the first. */
  readonly secret: SecretSet
  /** Returns milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
}

/** Options for {@link Sender.send}. */
export interface SendOptions extends SignOptions, SendRequestOptions {
  /** The absolute URL of the receiver. */
  readonly url: string
}

/** Creates deliveries as the scheme's sender does. Create one with {@link createSender}. */
export interface Sender {
  /** Builds and signs a delivery without sending it. */
  sign(options?: SignOptions): SignedRequest
  /** Builds a delivery for several attempts: each is signed again, with the same id and body. */
  prepare(options?: SignOptions): PreparedDelivery
  /**
   * Signs a delivery and sends it over HTTP. To send the same delivery twice, pass the result of `sign` to `sendRequest`.
   *
   * @throws Error if there is no response
   */
  send(options: SendOptions): Promise<SentResponse>
}

/**
 * Creates the reference sender, which signs deliveries for any scheme, for tests and demonstrations. It computes MACs with
 * `node:crypto` and shares no code with the receiver, so that a bug in one shows in the other.
 *
 * For a custom scheme, its own `sign` function signs with the first secret, for example a private key.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SECRET_INVALID` if there is no secret, `ERR_WEBHOOK_SCHEME_INVALID` for a
 * custom scheme without `sign`
 *
 * @example
 * import { verify } from '@countersign/core'
 * import { github } from '@countersign/core/schemes'
 * import { createSender } from '@countersign/testing'
 *
 * const scheme = github()
 * const secret = 'test-secret-of-32-characters-...'
 * const request = createSender({ scheme, secret }).sign({ event: 'push' })
 * const delivery = await verify(request, { scheme, secret })
 * console.log(delivery.event) // push
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
