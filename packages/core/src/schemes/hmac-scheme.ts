import { defineScheme } from './define-scheme.js'
import type {
  HmacAlgorithm,
  HmacProof,
  Scheme,
  SchemeDescriptor,
  SignatureEncoding,
  WebhookEvent,
} from './scheme-descriptor.js'

/** Options of {@link hmacScheme}: the signature's own, and every other field of a {@link SchemeDescriptor}. */
export interface HmacSchemeOptions extends Omit<SchemeDescriptor, 'signature'> {
  /** The header that carries the signature, in any case. */
  readonly header: string
  /** Other headers that carry a signature each; see {@link HmacProof.moreHeaders}. */
  readonly moreHeaders?: NonNullable<HmacProof['moreHeaders']>
  /** The header may repeat; see {@link HmacProof.repeats}. */
  readonly repeats?: true
  /** The MAC algorithm. Default `hmac-sha256`. */
  readonly algorithm?: HmacAlgorithm
  /** The encoding of the MAC. Default `hex`. */
  readonly encoding?: SignatureEncoding
  /** Text before the encoded MAC: `sha256=`. Default: none. */
  readonly prefix?: string
  /** The header is a list of signatures; see {@link HmacProof.list}. */
  readonly list?: NonNullable<HmacProof['list']>
  /** The header holds `name=value` pairs; see {@link HmacProof.pairs}. */
  readonly pairs?: NonNullable<HmacProof['pairs']>
  /** What is signed; see {@link SchemeDescriptor.signedContent}. Default `{body}`. */
  readonly signedContent?: string
}

/**
 * A scheme for any sender that signs with an HMAC. With `name` and `header` alone it expects the raw body's HMAC-SHA256
 * in hex.
 *
 * Events are not deduplicated until `eventId`, `deliveryId` or `identity` says what identifies them.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` with the field and the fix
 *
 * @example
 * const acme = hmacScheme({ name: 'acme', header: 'X-Acme-Signature', prefix: 'sha256=', eventId: { json: '/id' } })
 */
export function hmacScheme<TEvent extends WebhookEvent = WebhookEvent>(
  options: HmacSchemeOptions,
): Scheme<TEvent> {
  const { header, moreHeaders, repeats, algorithm = 'hmac-sha256', encoding = 'hex', ...rest } = options
  const { prefix, list, pairs, ...others } = rest
  const signature: HmacProof = {
    algorithm,
    header,
    encoding,
    ...(moreHeaders !== undefined && { moreHeaders }),
    ...(repeats !== undefined && { repeats }),
    ...(prefix !== undefined && { prefix }),
    ...(list !== undefined && { list }),
    ...(pairs !== undefined && { pairs }),
  }
  return defineScheme<TEvent>({ ...others, signature, signedContent: options.signedContent ?? '{body}' })
}
