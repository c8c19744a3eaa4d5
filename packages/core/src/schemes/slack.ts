import { defineScheme } from './define-scheme.js'
import type { OtherEvents, TypeOf } from './event-types.js'
import { slackEvents } from './events/slack.js'
import type { Scheme, SchemeOptions } from './scheme-descriptor.js'

/** The events of Slack's page "Events API", the handshake `url_verification`, and interactions, as `block_actions`. */
export type SlackEventName = (typeof slackEvents)[number]

/** What Slack puts around an event: the page "Events API" shows its fields. */
export interface SlackEnvelope<TInner> {
  readonly type: 'event_callback'
  readonly event: TInner
  /** The same in each retry. */
  readonly event_id: string
  /** Unix seconds. */
  readonly event_time: number
  readonly team_id: string
  readonly api_app_id: string
  readonly [field: string]: unknown
}

/** The handshake: answer its `challenge`. */
export interface SlackUrlVerification {
  readonly type: 'url_verification'
  readonly challenge: string
  readonly [field: string]: unknown
}

/** An event in its envelope. `app_rate_limited` alone comes without one. */
type SlackEventOf<TInner> = TInner extends { readonly type: 'app_rate_limited' }
  ? { readonly event: 'app_rate_limited'; readonly payload: TInner }
  : { readonly event: TypeOf<TInner>; readonly payload: SlackEnvelope<TInner> }

/**
 * The events of {@link slack}. `TInner` is a union of what the envelope holds, discriminated by `type`, as `SlackEvent` of
 * `@slack/types`; without it every payload is `unknown`.
 */
export type SlackEvent<TInner = unknown> = unknown extends TInner
  ? { readonly event: SlackEventName | (string & {}) | undefined; readonly payload: unknown }
  :
      | SlackEventOf<TInner>
      | { readonly event: 'url_verification'; readonly payload: SlackUrlVerification }
      | OtherEvents<SlackEventName, TypeOf<TInner> | 'url_verification'>

/**
 * Slack, as its library (slackapi/bolt-js, `src/receivers/verify-request.ts`) checks it: `X-Slack-Signature: v0=<hex>`,
 * the HMAC-SHA256 of `v0:{timestamp}:{body}` with `X-Slack-Request-Timestamp` in unix seconds. Slack waits
 * 3 seconds for a response and retries three times: immediately, after one minute and after five minutes.
 *
 * Interactions are a form with the JSON in its field `payload`, slash commands a form without it; neither has an
 * `event_id`, so nothing identifies them. The handshake `url_verification` is an ordinary event: the handler returns
 * its `challenge` with `Response.json({ challenge })`.
 *
 * With the types of the events, `event` narrows `payload`, and the event is `payload.event`: `slack<SlackEvent>()`.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for an invalid option
 *
 * @example
 * const receiver = createReceiver({ endpoint: 'hooks', scheme: slack(), secret: process.env.SLACK_SIGNING_SECRET })
 */
export function slack<TInner = unknown>(options: SchemeOptions = {}): Scheme<SlackEvent<TInner>> {
  return defineScheme<SlackEvent<TInner>>(
    {
      name: 'slack',
      signature: { algorithm: 'hmac-sha256', header: 'X-Slack-Signature', encoding: 'hex', prefix: 'v0=' },
      signedContent: 'v0:{timestamp}:{body}',
      timestamp: { header: 'X-Slack-Request-Timestamp', unit: 's' },
      toleranceSeconds: 300,
      eventId: { json: '/event_id' },
      eventType: { json: ['/event/type', '/type'] },
      events: slackEvents,
      handshakes: ['url_verification'],
      payload: 'json-or-form',
      formJsonField: 'payload',
      retries: [0, 0, 60, 240],
      respondWithin: 3,
    },
    options,
  )
}
