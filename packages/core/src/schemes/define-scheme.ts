import { compileScheme } from './compile-scheme.js'
import type { Scheme, SchemeDescriptor, SchemeOptions, WebhookEvent } from './scheme-descriptor.js'

/**
 * Describes a sender.
 *
 * @param options what the user overrides of the descriptor
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` naming the field and the fix
 */
export function defineScheme<TEvent extends WebhookEvent = WebhookEvent>(
  descriptor: SchemeDescriptor,
  options: SchemeOptions = {},
): Scheme<TEvent> {
  const scheme: Scheme<TEvent> = Object.freeze({ ...descriptor, ...dropUndefined(options) })
  compileScheme(scheme)
  return scheme
}

/** An option given as `undefined` leaves the scheme's own value in place. */
function dropUndefined(options: SchemeOptions): SchemeOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
