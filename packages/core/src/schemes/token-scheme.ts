import { defineScheme } from './define-scheme.js'
import type { Scheme, SchemeDescriptor, TokenProof, WebhookEvent } from './scheme-descriptor.js'

/** Where the sender puts the token: a header, with text before it (`Bearer `) or without, or a query parameter. */
export type TokenPlace =
  | { readonly header: string; readonly prefix?: string; readonly query?: undefined }
  | { readonly query: string; readonly header?: undefined; readonly prefix?: undefined }

/** Options of {@link tokenScheme}: the token's place, and the fields of a {@link SchemeDescriptor} that need no signature. */
export type TokenSchemeOptions = TokenPlace &
  Omit<SchemeDescriptor, 'signature' | 'signedContent' | 'url' | 'timestamp' | 'toleranceSeconds'>

/**
 * A scheme for any sender that sends a shared secret unchanged.
 *
 * A token proves that the sender knows it, and nothing about the body or its age: anyone who sees one request can
 * forge others. Prefer an HMAC if the sender offers one, and a header over a query parameter, since URLs end up in
 * logs.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` with the field and the fix
 *
 * @example
 * const acme = tokenScheme({ name: 'acme', header: 'Authorization', prefix: 'Bearer ', eventId: { json: '/id' } })
 */
export function tokenScheme<TEvent extends WebhookEvent = WebhookEvent>(
  options: TokenSchemeOptions,
): Scheme<TEvent> {
  const { header, prefix, query, ...others } = options
  const signature: TokenProof = {
    algorithm: 'token',
    ...(header !== undefined && { header }),
    ...(prefix !== undefined && { prefix }),
    ...(query !== undefined && { query }),
  }
  return defineScheme<TEvent>({ ...others, signature })
}
