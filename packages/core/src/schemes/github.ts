import { defineScheme } from './define-scheme.js'
import type { EventsOfMap } from './event-types.js'
import { githubEvents } from './events/github.js'
import type { Scheme, SchemeOptions } from './scheme-descriptor.js'

/** The events of GitHub's page "Webhook events and payloads", without their actions: `pull_request`, not `pull_request.opened`. */
export type GithubEventName = (typeof githubEvents)[number]

/**
 * The events of {@link github}. `TPayloads` maps names to payloads, as `EventPayloadMap` of `@octokit/webhooks-types` does; without it
 * every payload is `unknown`.
 */
export type GithubEvent<TPayloads = unknown> = unknown extends TPayloads
  ? { readonly event: GithubEventName | (string & {}) | undefined; readonly payload: unknown }
  : EventsOfMap<TPayloads, GithubEventName>

/**
 * GitHub, as its pages "Validating webhook deliveries" and "Webhook events and payloads" say:
 * `X-Hub-Signature-256: sha256=<hex>`, the HMAC-SHA256 of the raw body, which may also be a form with the JSON in its
 * field `payload`. Answered within 10 seconds and never retried by itself.
 *
 * `X-GitHub-Delivery` and `X-GitHub-Event` are not covered by the signature, and no time is signed: a captured
 * request runs again under a new delivery id.
 *
 * The body says whether it is JSON or a form; the content type is not signed. A form without `payload` is refused.
 *
 * With the payloads' types, `payload` is narrowed by `event`: `github<EventPayloadMap>()`, or `github<{ push: PushEvent }>()`.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for an option that makes no sense
 */
export function github<TPayloads = unknown>(options: SchemeOptions = {}): Scheme<GithubEvent<TPayloads>> {
  return defineScheme<GithubEvent<TPayloads>>(
    {
      name: 'github',
      signature: {
        algorithm: 'hmac-sha256',
        header: 'X-Hub-Signature-256',
        encoding: 'hex',
        prefix: 'sha256=',
      },
      signedContent: '{body}',
      deliveryId: { header: 'X-GitHub-Delivery' },
      eventType: { header: 'X-GitHub-Event' },
      events: githubEvents,
      formJsonField: 'payload',
      respondWithin: 10,
      // One attempt. What failed is sent again only where somebody asks for it.
      retries: [0],
      // The cap of "Webhook events and payloads". What is refused as too large never comes again.
      maxBodyBytes: 25 * 1024 * 1024,
    },
    options,
  )
}
