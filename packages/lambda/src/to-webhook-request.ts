import type { HeadersInput, WebhookRequest } from '@countersign/core'
import { type HttpApiEvent, isHttpApiEvent, type LambdaEvent } from './lambda-event.js'
import { readEventBody } from './read-event-body.js'
import { rebuildQuery } from './rebuild-query.js'

/** An event as the core takes it. */
export function toWebhookRequest(event: LambdaEvent): WebhookRequest {
  const body = async () => readEventBody(event)
  if (isHttpApiEvent(event)) {
    const { rawPath, rawQueryString, requestContext } = event
    const url = rawQueryString ? `${rawPath}?${rawQueryString}` : rawPath
    return { method: requestContext.http.method, url, headers: headersOf(event), body }
  }
  const { httpMethod, path, requestContext } = event
  // API Gateway takes its stage off `path`; what the sender asked for is in the context.
  const asked = ('path' in requestContext && requestContext.path) || path
  return {
    method: httpMethod,
    url: asked + rebuildQuery(event),
    // In the map of single values a header that came twice has its last value only.
    headers: event.multiValueHeaders ?? event.headers ?? {},
    body,
  }
}

function headersOf({ headers, cookies }: HttpApiEvent): HeadersInput {
  return cookies ? { ...headers, cookie: cookies.join('; ') } : (headers ?? {})
}
