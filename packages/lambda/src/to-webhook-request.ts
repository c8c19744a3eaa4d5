import type { HeadersInput, WebhookRequest } from '@countersign/core'
import {
  type HttpApiEvent,
  isHttpApiEvent,
  isNetlifyEvent,
  type LambdaEvent,
  type LoadBalancerEvent,
  type NetlifyEvent,
  type RestApiEvent,
} from './lambda-event.js'
import { isLatticeEvent, isLatticeV1Event, type LatticeEvent, type LatticeV1Event } from './lattice-event.js'
import { readEventBody } from './read-event-body.js'
import { rebuildQuery, writeQuery } from './rebuild-query.js'

/** An event as the core takes it. */
export function toWebhookRequest(event: LambdaEvent): WebhookRequest {
  if (isLatticeV1Event(event)) return fromLatticeV1(event)
  if (isLatticeEvent(event)) return fromLattice(event)
  const body = async () => readEventBody(event)
  if (isHttpApiEvent(event)) {
    const { rawPath, rawQueryString, requestContext } = event
    const url = rawQueryString ? `${rawPath}?${rawQueryString}` : rawPath
    return { method: requestContext.http.method, url, headers: headersOf(event), body }
  }
  return {
    method: event.httpMethod,
    url: targetOf(event),
    // In the map of single values a header that came twice has its last value only.
    headers: event.multiValueHeaders ?? event.headers ?? {},
    body,
  }
}

function headersOf({ headers, cookies }: HttpApiEvent): HeadersInput {
  return cookies ? { ...headers, cookie: cookies.join('; ') } : (headers ?? {})
}

function targetOf(event: RestApiEvent | LoadBalancerEvent | NetlifyEvent): string {
  // Netlify's redirects may have changed `path`.
  if (isNetlifyEvent(event)) return event.rawUrl.replace(/^https?:\/\/[^/?#]*/i, '')
  const { path, requestContext } = event
  // API Gateway takes its stage off `path`; what the sender asked for is in the context.
  return (('path' in requestContext && requestContext.path) || path) + rebuildQuery(event)
}

function fromLattice(event: LatticeEvent): WebhookRequest {
  const { method, path, headers, queryStringParameters } = event
  const url = path + writeQuery(queryStringParameters)
  return { method, url, headers: headers ?? {}, body: async () => readEventBody(event) }
}

function fromLatticeV1(event: LatticeV1Event): WebhookRequest {
  const { method, raw_path: path, headers, query_string_parameters: query, body, is_base64_encoded } = event
  const url = path.includes('?') ? path : path + writeQuery(query)
  const read = async () => readEventBody({ body, isBase64Encoded: is_base64_encoded })
  return { method, url, headers: headers ?? {}, body: read }
}
