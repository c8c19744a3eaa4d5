import { defineScheme } from './define-scheme.js'
import type { CustomEvent } from './event-types.js'
import type { Scheme, SchemeOptions, UnknownEvent, WebhookEvent } from './scheme-descriptor.js'

/** Who took part. The user's field mapping may rename, split or delete any of it. */
export interface VisistoContact {
  readonly email?: string
  readonly name?: string
  readonly phone?: string
  /** The fields of the widget, as `company`. */
  readonly fields?: Readonly<Record<string, unknown>>
  readonly [field: string]: unknown
}

/** The envelope the page shows. All of it is a default: the user's field mapping may change it. */
export interface VisistoPayload<TData> {
  readonly event?: string
  /** ISO 8601, UTC. Not documented: whether it is the event's time or the attempt's. */
  readonly timestamp?: string
  readonly data?: TData
}

/** `contact.created`. The page also lists the widget's type, without its field's name. */
export type VisistoContactCreated = VisistoPayload<
  VisistoContact & { readonly campaign_id?: string; readonly source_url?: string }
>

/** `reward.issued`. The page lists coupon code, discount value, expiry date and the contact, without the fields' names. */
export type VisistoRewardIssued = VisistoPayload<{
  readonly contact?: VisistoContact
  readonly [field: string]: unknown
}>

/** The events of the page "Visisto Webhooks". Campaigns may define events of their own. */
export type VisistoEvent =
  | { readonly event: 'contact.created'; readonly payload: VisistoContactCreated }
  | { readonly event: 'reward.issued'; readonly payload: VisistoRewardIssued }
  | UnknownEvent

const retriedForSeconds = 72 * 3600
/** The last attempt starts up to 72 hours after the first; what it waits in queues and what the clocks differ comes on top. */
const slackSeconds = 3600

/**
 * Visisto, as its page "Visisto Webhooks" says: hex HMAC-SHA256 of the raw body in `X-Visisto-Signature`, failed
 * deliveries retried for up to 72 hours.
 *
 * Not documented: a delivery id, a response deadline, and whether `timestamp` is the event's time or the attempt's. So
 * a timestamp up to 73 hours old is accepted, and equal bodies are one event if they contain the timestamp and a field
 * of the contact; otherwise nothing identifies the event. A delivery that is re-sent from the dashboard may be older:
 * widen `toleranceSeconds`. If the field mapping moved or dropped the timestamp, set its new place, or switch it off
 * with `timestamp: false`; a replay is then recognised only within the store's retention.
 *
 * Types of events that a campaign defines are passed as a type argument: `visisto<{ event: 'quiz.finished'; payload: Quiz }>()`.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for an invalid option
 *
 * @example
 * const receiver = createReceiver({ endpoint: 'hooks', scheme: visisto(), secret: process.env.VISISTO_SECRET })
 */
export function visisto<TCustom extends WebhookEvent = never>(
  options: SchemeOptions = {},
): Scheme<VisistoEvent | CustomEvent<TCustom>> {
  const { timestamp } = options
  const timePointer = timestamp && 'json' in timestamp ? timestamp.json : '/timestamp'
  return defineScheme<VisistoEvent | CustomEvent<TCustom>>(
    {
      name: 'visisto',
      signature: { algorithm: 'hmac-sha256', header: 'X-Visisto-Signature', encoding: 'hex' },
      signedContent: '{body}',
      timestamp: { json: '/timestamp', unit: 'iso8601' },
      toleranceSeconds: { past: retriedForSeconds + slackSeconds, future: 300 },
      bodyDigest: {
        requires: [timePointer],
        requiresOneOf: ['', '/contact'].flatMap((place) =>
          ['email', 'phone', 'name'].map((field) => `/data${place}/${field}`),
        ),
      },
      eventType: { json: '/event' },
      // No list of events: campaigns define their own, and each would look like a slip.
      retriesForSeconds: retriedForSeconds,
    },
    options,
  )
}
