import { defineScheme } from './define-scheme.js'
import type { CustomEvent } from './event-types.js'
import type { Scheme, SchemeOptions, UnknownEvent, WebhookEvent } from './scheme-descriptor.js'

/** A ticket, as in the page's sample. */
export interface VisibuildTicket {
  readonly id: string
  readonly ticketNo: string
  readonly title: string
  readonly status: string
  readonly [field: string]: unknown
}

/** The envelope of every event. */
export interface VisibuildPayload<TType extends string, TData> {
  /** The event's id: the same in each of its deliveries. */
  readonly id: string
  readonly type: TType
  /** ISO 8601. */
  readonly timestamp: string
  readonly apiVersion: string
  readonly data: TData
}

/** The page shows no sample of these events' data. */
export interface VisibuildTicketData {
  readonly ticket?: Partial<VisibuildTicket>
  readonly [field: string]: unknown
}

/** `ticket.status_changed`, the one event the page shows whole. */
export interface VisibuildStatusChange {
  readonly ticket: VisibuildTicket & { readonly previousStatus: string }
  readonly change: { readonly from: string; readonly to: string; readonly changedAt: string }
  readonly [field: string]: unknown
}

/** A ticket was created. */
export type VisibuildTicketCreated = VisibuildPayload<'ticket.created', VisibuildTicketData>
/** A ticket was changed. */
export type VisibuildTicketUpdated = VisibuildPayload<'ticket.updated', VisibuildTicketData>
/** A ticket's status changed. */
export type VisibuildTicketStatusChanged = VisibuildPayload<'ticket.status_changed', VisibuildStatusChange>
/** Someone commented on a ticket. */
export type VisibuildTicketCommentAdded = VisibuildPayload<'ticket.comment_added', VisibuildTicketData>
/** A ticket was archived. */
export type VisibuildTicketArchived = VisibuildPayload<'ticket.archived', VisibuildTicketData>

/** The events of the page "Webhooks". */
export type VisibuildEvent =
  | { readonly event: 'ticket.created'; readonly payload: VisibuildTicketCreated }
  | { readonly event: 'ticket.updated'; readonly payload: VisibuildTicketUpdated }
  | { readonly event: 'ticket.status_changed'; readonly payload: VisibuildTicketStatusChanged }
  | { readonly event: 'ticket.comment_added'; readonly payload: VisibuildTicketCommentAdded }
  | { readonly event: 'ticket.archived'; readonly payload: VisibuildTicketArchived }
  | UnknownEvent

/**
 * Visibuild, as its page "Webhooks" says: `X-Visibuild-Signature: sha256=<hex>`, the HMAC-SHA256 of
 * `{timestamp}.{body}` with `X-Visibuild-Timestamp` in unix seconds, refused if it is more than 5 minutes old. Ten
 * attempts over about 16 hours, 30 seconds each; after the tenth failure Visibuild disables the endpoint.
 *
 * The signature does not cover the headers with delivery and event; the body's `id` and `type` are signed and take
 * precedence. Not documented: whether a retry carries a new timestamp. If retries are refused as too old, `onRejected`
 * is called with `authentic: true`: widen `toleranceSeconds` then.
 *
 * Types of events that Visibuild adds are passed as a type argument: `visibuild<{ event: 'ticket.reopened'; payload: Reopened }>()`.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for an invalid option
 *
 * @example
 * const receiver = createReceiver({ endpoint: 'hooks', scheme: visibuild(), secret: process.env.VISIBUILD_SECRET })
 */
export function visibuild<TCustom extends WebhookEvent = never>(
  options: SchemeOptions = {},
): Scheme<VisibuildEvent | CustomEvent<TCustom>> {
  return defineScheme<VisibuildEvent | CustomEvent<TCustom>>(
    {
      name: 'visibuild',
      signature: {
        algorithm: 'hmac-sha256',
        header: 'X-Visibuild-Signature',
        encoding: 'hex',
        prefix: 'sha256=',
      },
      signedContent: '{timestamp}.{body}',
      timestamp: { header: 'X-Visibuild-Timestamp', unit: 's' },
      toleranceSeconds: 300,
      deliveryId: { header: 'X-Visibuild-Delivery' },
      eventId: { json: '/id' },
      eventType: { header: 'X-Visibuild-Event', json: '/type' },
      events: [
        'ticket.created',
        'ticket.updated',
        'ticket.status_changed',
        'ticket.comment_added',
        'ticket.archived',
      ],
      retries: [0, 30, 120, 300, 900, 1800, 3600, 7200, 14_400, 28_800],
      respondWithin: 30,
      disablesAfter: 10,
      // A body over the limit is refused unread, so that it can neither be authenticated nor kept as failed, and
      // ten refusals switch the endpoint off. The page gives no size; a ticket is far below this.
      maxBodyBytes: 10 * 1024 * 1024,
    },
    options,
  )
}
