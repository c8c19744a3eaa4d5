import type { WebhookRequest } from '@countersign/core'
import type { HeadersInput } from '@countersign/core/adapter'
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
import { readRawBody } from './read-raw-body.js'
import { rebuildQuery, writeQuery } from './rebuild-query.js'

/** Converts an event for the core. */
export function toWebhookRequest(event: LambdaEvent): WebhookRequest {
  if (isLatticeV1Event(event)) return fromLatticeV1(event)
  if (isLatticeEvent(event)) return fromLattice(event)
  const body = async () => readRawBody(event)
  if (isHttpApiEvent(event)) {
    const { rawPath, rawQueryString, requestContext } = event
    const url = rawQueryString ? `${rawPath}?${rawQueryString}` : rawPath
    return { method: requestContext.http.method, url, headers: readHeaders(event), body }
  }
  return {
    method: event.httpMethod,
    url: readTarget(event),
    // In the map of single values, a header that came twice only has its last value.
    headers: event.multiValueHeaders ?? event.headers ?? {},
    body,
  }
}

function readHeaders({ headers, cookies }: HttpApiEvent): HeadersInput {
  return cookies ? { ...headers, cookie: cookies.join('; ') } : (headers ?? {})
}

function readTarget(event: RestApiEvent | LoadBalancerEvent | NetlifyEvent): string {
  // Netlify's redirects may have changed `path`.
  if (isNetlifyEvent(event)) return event.rawUrl.replace(/^https?:\/\/[^/?#]*/i, '')
  const { path, requestContext } = event
  // API Gateway removes its stage from `path`; the path that the sender requested is in the context.
  return (('path' in requestContext && requestContext.path) || path) + rebuildQuery(event)
}

function fromLattice(event: LatticeEvent): WebhookRequest {
  const { method, path, headers, queryStringParameters } = event
  const url = path + writeQuery(queryStringParameters)
  return { method, url, headers: headers ?? {}, body: async () => readRawBody(event) }
}

function fromLatticeV1(event: LatticeV1Event): WebhookRequest {
  const { method, raw_path: path, headers, query_string_parameters: query, body, is_base64_encoded } = event
  const url = path.includes('?') ? path : path + writeQuery(query)
  const read = async () => readRawBody({ body, isBase64Encoded: is_base64_encoded })
  return { method, url, headers: headers ?? {}, body: read }
}
