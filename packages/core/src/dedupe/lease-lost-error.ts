import { WebhookHandlerError } from '../errors.js'

/** Another attempt has the event, or had it meanwhile. */
export function leaseLostError(): WebhookHandlerError {
  return new WebhookHandlerError(
    'ERR_WEBHOOK_LEASE_LOST',
    'The handler ended after its lease, and another attempt had the event by then.',
  )
}
