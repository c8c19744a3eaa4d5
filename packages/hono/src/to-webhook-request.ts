import type { WebhookRequest } from '@countersign/core'
import {
  toWebhookRequest as toFetchWebhookRequest,
  type WebhookRequestOptions,
} from '@countersign/core/fetch'
import type { Context } from 'hono'
import { bodyParserRemedy } from './body-parser-remedy.js'
import { waitUntil } from './wait-until.js'

/** Converts the request of a context for the core. */
export function toWebhookRequest(c: Context): WebhookRequest {
  return toFetchWebhookRequest(c.req.raw, readRequestOptions(c))
}

/** What Hono adds to the request itself. `requestId` is set by `hono/request-id`. */
export function readRequestOptions(c: Context): WebhookRequestOptions {
  const requestId: unknown = c.get('requestId')
  return {
    remedy: bodyParserRemedy,
    context: {
      waitUntil: (work) => waitUntil(c, work),
      requestId: typeof requestId === 'string' ? requestId : undefined,
    },
    // The context stays the same where middleware replaces `c.req.raw`.
    source: c,
  }
}
