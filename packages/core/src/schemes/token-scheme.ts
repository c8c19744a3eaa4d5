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
 * The scheme of any sender that repeats a shared secret as it is: `tokenScheme({ name: 'my-sender', header: 'X-Token' })`.
 *
 * A token proves that the sender knows it, and nothing about the body or its age: whoever sees one request can
 * send any other. Prefer an HMAC where the sender offers one, and a header over a query parameter, since URLs
 * end up in logs.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` naming the field and the fix
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
