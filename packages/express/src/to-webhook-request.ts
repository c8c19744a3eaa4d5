import type { WebhookRequest } from '@countersign/core'
import type { Request } from 'express'
import { pairHeaders } from './pair-headers.js'
import { rawBodyOf } from './read-raw-body.js'

/** A request of Express as the core takes it. The URL is the whole one, also below a router or a mounted app. */
export function toWebhookRequest(request: Request): WebhookRequest {
  return {
    method: request.method,
    url: request.originalUrl,
    headers: pairHeaders(request),
    body: rawBodyOf(request),
  }
}
