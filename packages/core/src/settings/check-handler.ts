import { WebhookConfigurationError } from '../errors.js'

/** Where a handler is missing, for the error. */
export interface HandlerPlace {
  /** The function that was called without a handler. The error names it, and its stack starts where it was called. */
  readonly caller: (...args: never[]) => unknown
  /** The receiver's options, for the endpoint's name. */
  readonly options: { readonly endpoint?: string | undefined } | undefined
}

/**
 * Checks at startup that an adapter got a handler; otherwise a forgotten one would fail the first delivery.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` with the endpoint and what is missing
 *
 * @example
 * export function webhook(options: ReceiverOptions, handler: Handler): Receiver {
 *   checkHandler(handler, { caller: webhook, options })
 *   return createReceiver(options)
 * }
 */
export function checkHandler(handler: unknown, { caller, options }: HandlerPlace): void {
  if (typeof handler === 'function') return
  const { endpoint } = options ?? {}
  const error = new WebhookConfigurationError(
    'ERR_WEBHOOK_OPTION_INVALID',
    `${endpoint === undefined ? '' : `Endpoint "${endpoint}": `}${caller.name} needs a handler after the options, as in ` +
      `${caller.name}(options, async ({ event, payload }) => { ... }).`,
  )
  Error.captureStackTrace?.(error, caller)
  throw error
}
