import { defineScheme } from './define-scheme.js'
import type { Scheme, SchemeDescriptor, WebhookEvent } from './scheme-descriptor.js'

/** Options of {@link basicScheme}: the fields of a {@link SchemeDescriptor} that need no signature. */
export type BasicSchemeOptions = Omit<
  SchemeDescriptor,
  'signature' | 'signedContent' | 'url' | 'timestamp' | 'toleranceSeconds'
>

/**
 * A scheme for any sender that authenticates with HTTP Basic credentials (RFC 7617). The receiver's `secret` is
 * `{ username, password }`.
 *
 * The credentials prove that the sender knows them, and nothing about the body or its age.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` with the field and the fix
 *
 * @example
 * const acme = basicScheme({ name: 'acme', eventId: { json: '/id' } })
 */
export function basicScheme<TEvent extends WebhookEvent = WebhookEvent>(
  options: BasicSchemeOptions,
): Scheme<TEvent> {
  return defineScheme<TEvent>({ ...options, signature: { algorithm: 'basic' } })
}
