import { defineScheme, type Scheme, type SchemeOptions } from './scheme.js'

/**
 * Slack, as its library (slackapi/bolt-js, `src/receivers/verify-request.ts`) checks it: `X-Slack-Signature: v0=<hex>`,
 * the HMAC-SHA256 of `v0:{timestamp}:{body}` with `X-Slack-Request-Timestamp` in unix seconds. Answered within 3
 * seconds; three retries, at once, after a minute and after five.
 *
 * Interactions come as a form with the JSON in its field `payload`, slash commands as a form without it; neither
 * has an `event_id`, so nothing identifies them. The handshake `url_verification` is an event like any other: the
 * handler answers its `challenge`.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for an option that makes no sense
 */
export function slack(options: SchemeOptions = {}): Scheme {
  return defineScheme(
    {
      name: 'slack',
      signature: { algorithm: 'hmac-sha256', header: 'X-Slack-Signature', encoding: 'hex', prefix: 'v0=' },
      signedContent: 'v0:{timestamp}:{body}',
      timestamp: { header: 'X-Slack-Request-Timestamp', unit: 's' },
      toleranceSeconds: 300,
      eventId: { json: '/event_id' },
      eventType: { json: ['/event/type', '/type'] },
      payload: 'json-or-form',
      formJsonField: 'payload',
      retries: [0, 0, 60, 240],
      respondWithin: 3,
    },
    options,
  )
}
