import { WebhookConfigurationError } from '../errors.js'

/** What a handler belongs to, for the message. */
export interface HandlerPlace {
  /** The function that was called without one, for its name; the stack begins where that was called. */
  readonly caller: (...args: never[]) => unknown
  readonly options: { readonly endpoint?: string | undefined } | undefined
}

/**
 * For adapters: a handler that was forgotten would else show with the first delivery, which fails.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` naming the endpoint and what is missing
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
