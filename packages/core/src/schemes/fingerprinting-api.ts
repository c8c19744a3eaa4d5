import { WebhookConfigurationError } from '../errors.js'
import { hmacScheme } from './hmac-scheme.js'
import type {
  HmacAlgorithm,
  Scheme,
  SchemeOptions,
  SignatureEncoding,
  UnknownEvent,
} from './scheme-descriptor.js'
import { tokenScheme } from './token-scheme.js'

/** A visit. Numbers and booleans come as text; which fields may be missing is not said. */
export interface FingerprintingApiVisit {
  readonly id: string
  readonly url?: string
  readonly params?: Readonly<Record<string, string>>
  readonly referrer?: string
  /** ISO 8601. */
  readonly date?: string
  readonly ip?: string
  readonly visitor?: {
    readonly id?: string
    readonly firstSeen?: string
    readonly company?: { readonly name?: string; readonly domain?: string }
  }
  readonly location?: { readonly country?: string; readonly city?: string; readonly state?: string }
  readonly trafficSource?: { readonly channel?: string; readonly source?: string; readonly campaign?: string }
  readonly device?: {
    readonly model?: string
    readonly os?: string
    readonly gpu?: string
    readonly hardwareConcurrency?: string
  }
  readonly browser?: { readonly name?: string; readonly version?: string; readonly vendor?: string }
  readonly timezone?: string
  readonly screen?: { readonly height?: string; readonly width?: string; readonly touch?: string }
  readonly [field: string]: unknown
}

/** The events of the page "Webhooks Guide". A webhook subscribes to one of them; the body does not say which. */
export type FingerprintingApiEvent =
  | { readonly event: 'NEW_VISIT'; readonly payload: FingerprintingApiVisit }
  | { readonly event: 'NEW_VISITOR'; readonly payload: FingerprintingApiVisit }
  | UnknownEvent

/** The events a webhook can subscribe to. */
export type FingerprintingApiEventName = 'NEW_VISIT' | 'NEW_VISITOR'

/** The event that a webhook of this subscription delivers. */
export type FingerprintingApiEventOf<TName extends FingerprintingApiEventName> = Extract<
  FingerprintingApiEvent,
  { readonly event: TName }
>

/** Options of {@link fingerprintingApi}. */
export type FingerprintingApiOptions<TName extends FingerprintingApiEventName = FingerprintingApiEventName> =
  SchemeOptions & {
    /** What the webhook subscribes to. Both events may carry the same `id`, so the dedupe key needs it. */
    readonly event: TName
    /** The header chosen in the webhook's settings. Default `X-Webhook-Signature`, which the page recommends. */
    readonly header?: string
    /** Text before the token or the encoded MAC. Default: none. */
    readonly prefix?: string
  } & (
      | { readonly proof?: 'token' }
      | {
          readonly proof: 'hmac'
          /** Default `hex`. */
          readonly encoding?: SignatureEncoding
          /** Default `hmac-sha256`. */
          readonly algorithm?: HmacAlgorithm
        }
    )

const eventNames: readonly unknown[] = ['NEW_VISIT', 'NEW_VISITOR'] satisfies FingerprintingApiEventName[]

/**
 * Fingerprinting API, as its page "Webhooks Guide" says: a secret token in a header the user chooses, or
 * (`proof: 'hmac'`) an HMAC of the raw body. The page does not describe the HMAC's format: the default here
 * is HMAC-SHA256 in hex; `algorithm`, `encoding` and `prefix` change it.
 *
 * Not documented: retries, a response deadline, a delivery id, and whether the body's `date` is the attempt's. So no
 * timestamp is checked, and a replay is recognised only within the store's retention. An HMAC signs the date: set
 * `timestamp: { json: '/date', unit: 'iso8601' }` to check it.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` without `event`, or for an unknown event or proof
 *
 * @example
 * const scheme = fingerprintingApi({ event: 'NEW_VISIT', header: 'X-Webhook-Signature' })
 */
export function fingerprintingApi<TName extends FingerprintingApiEventName>(
  options: FingerprintingApiOptions<TName>,
): Scheme<FingerprintingApiEventOf<TName>> {
  if (!eventNames.includes(options?.event)) {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_OPTION_INVALID',
      "fingerprintingApi needs the event its webhook subscribes to: { event: 'NEW_VISIT' } or { event: 'NEW_VISITOR' }",
    )
  }
  const { event, header = 'X-Webhook-Signature', proof = 'token', ...others } = options
  const description = {
    ...others,
    name: 'fingerprinting-api',
    header,
    eventType: { value: event },
    // A webhook of this subscription delivers no other.
    events: [event],
    eventId: { json: '/id' },
  }
  if (proof === 'token') return tokenScheme<FingerprintingApiEventOf<TName>>(description)
  if (proof === 'hmac') return hmacScheme<FingerprintingApiEventOf<TName>>(description)
  throw new WebhookConfigurationError(
    'ERR_WEBHOOK_OPTION_INVALID',
    "fingerprintingApi: proof must be 'token' or 'hmac'",
  )
}
