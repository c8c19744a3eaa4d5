import { isUtf8 } from 'node:buffer'
import { headerOf, type ReceivedRequest } from './received-request.js'

interface EncodedBody {
  readonly body: string
  readonly isBase64Encoded: boolean
}

/**
 * The body as HTTP APIs, function URLs and load balancers put it into an event: as text if the content type is a text type,
 * and as base64 for any other type, no type, or a Content-Encoding.
 *
 * Source for load balancers: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#receive-event-from-load-balancer;
 * for the others https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html says
 * that binary types are base64, and real ones were seen to hold the same types for text as load balancers do.
 *
 * AWS does not document what happens to bytes that are not UTF-8 under a text type. An event that keeps them holds base64, as
 * here; `event-body.test.ts` has an event that loses them.
 */
export function encodeBody(request: ReceivedRequest): EncodedBody {
  const type = (headerOf(request, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const isText = type.startsWith('text/') || textTypes.has(type)
  return isText && headerOf(request, 'content-encoding') === undefined && isUtf8(request.body)
    ? { body: request.body.toString('utf8'), isBase64Encoded: false }
    : base64Body(request)
}

/** The body as a REST API puts it into an event when its binary media types are all types. */
export function base64Body({ body }: ReceivedRequest): EncodedBody {
  return { body: body.toString('base64'), isBase64Encoded: true }
}

const textTypes = new Set(['application/json', 'application/javascript', 'application/xml'])
