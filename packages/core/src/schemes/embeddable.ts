import { defineScheme } from './define-scheme.js'
import type { Scheme, SchemeOptions } from './scheme-descriptor.js'

/** The form's fields, without an envelope. The names are those of the page's sample; each form has its own. */
export interface EmbeddablePayload {
  readonly name?: string
  readonly email?: string
  readonly message?: string
  readonly phone?: string
  readonly company?: string
  readonly [field: string]: unknown
}

/** A submitted form: the page "Webhook Integration" names no events. */
export interface EmbeddableEvent {
  readonly event: undefined
  readonly payload: EmbeddablePayload
}

/**
 * Embeddable, as its page "Webhook Integration" says: `X-Signature: sha256=<hex>`, the HMAC-SHA256 of the raw
 * body. Embeddable waits 10 seconds for a response.
 *
 * The page recommends skipping repetitions by the event's id but shows none, and two people may submit the same
 * text: nothing identifies an event unless `identity` names a field that Embeddable itself sets. No timestamp is
 * signed, so a captured request can be replayed. Not documented: retries.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for an invalid option
 *
 * @example
 * const receiver = createReceiver({ endpoint: 'hooks', scheme: embeddable(), secret: process.env.EMBEDDABLE_SECRET })
 */
export function embeddable(options: SchemeOptions = {}): Scheme<EmbeddableEvent> {
  return defineScheme<EmbeddableEvent>(
    {
      name: 'embeddable',
      signature: { algorithm: 'hmac-sha256', header: 'X-Signature', encoding: 'hex', prefix: 'sha256=' },
      signedContent: '{body}',
      respondWithin: 10,
    },
    options,
  )
}
