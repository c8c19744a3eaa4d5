import { compileScheme } from './compile-scheme.js'
import type { Scheme, SchemeDescriptor, SchemeOptions, WebhookEvent } from './scheme-descriptor.js'

/**
 * Checks a descriptor and turns it into a scheme: for senders that `@countersign/core/schemes` does not have.
 *
 * @param descriptor how the sender signs, and what it sends
 * @param options fields that override the descriptor's
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` with the field and the fix
 *
 * @example
 * const acme = defineScheme({
 *   name: 'acme',
 *   signature: { algorithm: 'hmac-sha256', header: 'Acme-Signature', encoding: 'hex' },
 *   signedContent: '{timestamp}.{body}',
 *   timestamp: { header: 'Acme-Timestamp', unit: 's' },
 *   eventId: { json: '/id' },
 *   eventType: { json: '/type' },
 * })
 */
export function defineScheme<TEvent extends WebhookEvent = WebhookEvent>(
  descriptor: SchemeDescriptor,
  options: SchemeOptions = {},
): Scheme<TEvent> {
  const scheme: Scheme<TEvent> = Object.freeze({ ...descriptor, ...dropUndefined(options) })
  compileScheme(scheme)
  return scheme
}

/** An option that is `undefined` does not override the descriptor's field. */
function dropUndefined(options: SchemeOptions): SchemeOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
