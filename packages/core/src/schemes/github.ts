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
 * field `payload`. GitHub waits 10 seconds for a response and never retries automatically.
 *
 * `X-GitHub-Delivery` and `X-GitHub-Event` are not covered by the signature, and no timestamp is signed: a captured
 * request could be replayed under a new delivery id.
 *
 * The body decides whether it is JSON or a form; the content type is not signed. A form without `payload` is refused.
 *
 * With a map of payload types, `event` narrows `payload`: `github<EventPayloadMap>()`, or `github<{ push: PushEvent }>()`.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for an invalid option
 *
 * @example
 * const receiver = createReceiver({ endpoint: 'hooks', scheme: github(), secret: process.env.GITHUB_WEBHOOK_SECRET })
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
