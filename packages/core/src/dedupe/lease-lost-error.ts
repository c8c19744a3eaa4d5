import { WebhookHandlerError } from '../errors.js'

/** Another attempt owns the event, or owned it in the meantime. */
export function leaseLostError(): WebhookHandlerError {
  return new WebhookHandlerError(
    'ERR_WEBHOOK_LEASE_LOST',
    'The handler ended after its lease, when another attempt already owned the event.',
  )
}
