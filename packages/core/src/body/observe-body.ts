import type { WebhookRequest } from '../types.js'

/** Copies a request so that `onRead` is called once its body has been read. It is not called for a body that is already in memory. */
export function observeBody(request: WebhookRequest, onRead: (bytes: Uint8Array) => void): WebhookRequest {
  const { body } = request
  return {
    method: request.method,
    url: request.url,
    headers: request.headers,
    body:
      typeof body !== 'function'
        ? body
        : async (limits) => {
            const bytes = await body(limits)
            onRead(bytes)
            return bytes
          },
    ...(request.source && { source: request.source }),
    ...(request.requestId !== undefined && { requestId: request.requestId }),
    ...(request.logger && { logger: request.logger }),
    ...(request.waitUntil && { waitUntil: request.waitUntil }),
  }
}
