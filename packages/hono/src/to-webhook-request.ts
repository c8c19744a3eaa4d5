import type { WebhookRequest } from '@countersign/core'
import { toWebhookRequest as toFetchWebhookRequest } from '@countersign/core/fetch'
import { readRawBody } from '@countersign/core/node'
import type { Context } from 'hono'
import { bodyParserRemedy } from './body-parser-remedy.js'
import { findIncoming } from './find-incoming.js'
import { waitUntil } from './wait-until.js'

/** Converts the request of a context for the core. `requestId` is set by `hono/request-id`. */
export function toWebhookRequest(c: Context): WebhookRequest {
  const requestId: unknown = c.get('requestId')
  const { raw } = c.req
  // First, because the conversion looks at the headers.
  const untouched = findIncoming(raw)
  const request = toFetchWebhookRequest(raw, {
    remedy: bodyParserRemedy,
    context: {
      waitUntil: (work) => waitUntil(c, work),
      requestId: typeof requestId === 'string' ? requestId : undefined,
    },
    // The context stays the same where middleware replaces `c.req.raw`.
    source: c,
  })
  if (!untouched) return request
  const { incoming, hasOwnHeaders } = untouched
  const { body } = request
  return {
    ...request,
    headers: hasOwnHeaders ? request.headers : pairUp(incoming.rawHeaders),
    body: (limits) => {
      // Something may have looked at the body in the meantime, for example a function that returns the secret.
      const isTouched = findIncoming(raw) === undefined
      return isTouched && typeof body === 'function'
        ? body(limits)
        : readRawBody(incoming, limits, bodyParserRemedy)
    },
  }
}

/** The headers as they came. To iterate those of the `Request` would first create standard `Headers`. */
function pairUp(rawHeaders: readonly string[]): [name: string, value: string][] {
  const pairs: [string, string][] = []
  for (let at = 0; at < rawHeaders.length; at += 2)
    pairs.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? ''])
  return pairs
}
