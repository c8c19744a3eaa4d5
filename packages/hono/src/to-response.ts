import type { WebhookResponse } from '@countersign/core/adapter'
import { toResponse as toFetchResponse } from '@countersign/core/fetch'
import { drainRequest } from '@countersign/core/node'
import { findIncoming } from './find-incoming.js'

/** Converts an answer of the core. If the body was not read, the rest of it is discarded in the background. */
export function toResponse(answer: WebhookResponse, request: Request): Response {
  const unread = answer.bodyUnread ? findIncoming(request) : undefined
  if (!unread) return toFetchResponse(answer, request)
  void drainRequest(unread.incoming)
  return toFetchResponse({ ...answer, bodyUnread: false }, request)
}
