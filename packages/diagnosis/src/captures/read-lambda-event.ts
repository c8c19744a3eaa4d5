import type { CapturedRequest } from './captured-request.js'
import { isObject, type JsonObject, textOf } from './json-object.js'
import { readBase64 } from './read-base64.js'
import { readHeaders } from './read-headers.js'
import { readJsonBody } from './read-json-body.js'

/** Whether it is an event of API Gateway, a load balancer or a function URL. */
export function isLambdaEvent(request: JsonObject): boolean {
  return isObject(request.requestContext) || 'isBase64Encoded' in request || 'httpMethod' in request
}

/**
 * Reads an event of AWS Lambda in any of its forms.
 *
 * Sources: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export function readLambdaEvent(event: JsonObject): CapturedRequest {
  const context = isObject(event.requestContext) ? event.requestContext : {}
  const http = isObject(context.http) ? context.http : {}
  // API Gateway takes its stage off `path`; what the sender asked for is in the context.
  const path = textOf(event, 'rawPath') ?? textOf(context, 'path') ?? textOf(event, 'path') ?? '/'
  const isEncoded = event.isBase64Encoded === true && typeof event.body === 'string'
  return {
    method: textOf(http, 'method') ?? textOf(event, 'httpMethod', 'method'),
    target: `${path}${queryOf(event, isObject(context.elb))}`,
    // In the record of single values a header that came twice has its last value only.
    headers: readHeaders(event.multiValueHeaders ?? event.headers),
    ...(isEncoded ? { body: readBase64(String(event.body), 'body'), notes: [] } : readJsonBody(event.body)),
  }
}

/** Load balancers leave parameters as they came; API Gateway decodes them. */
function queryOf(event: JsonObject, isEncoded: boolean): string {
  const raw = textOf(event, 'rawQueryString')
  if (raw !== undefined) return raw === '' ? '' : `?${raw}`
  const encode = isEncoded ? String : encodeURIComponent
  const parameters = event.multiValueQueryStringParameters ?? event.queryStringParameters
  const pairs = Object.entries(isObject(parameters) ? parameters : {}).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encode(name)}=${encode(String(value ?? ''))}`),
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
