import { base64Body, encodeBody } from './encode-body.js'
import { groupValues, headerOf, lastValues, type ReceivedRequest } from './received-request.js'

/** How one of AWS's gateways calls a function. */
export interface Gateway {
  readonly name: string
  /** Larger bodies are answered 413 without invoking the function. */
  readonly maxBodyBytes: number
  /** The status it answers when the function fails or returns a malformed result. */
  readonly errorStatus: number
  toEvent(request: ReceivedRequest): object
  /** The keys that a result may have. */
  readonly resultKeys: readonly string[]
}

const mib = 1024 * 1024

/**
 * Sources: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html; the limit:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html. Names of headers
 * are unchanged, parameters are decoded and all types are binary media types. The API has its own domain, so the stage is not
 * part of the path. A result with unknown keys is malformed.
 */
export const restApi: Gateway = {
  name: 'API Gateway v1',
  maxBodyBytes: 10 * mib,
  errorStatus: 502,
  resultKeys: ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'],
  toEvent(request) {
    const headers = groupValues([
      ...request.headers,
      ['X-Amzn-Trace-Id', 'Root=1-67891233-abcdef012345678912345678'],
    ])
    const query = groupValues(new URLSearchParams(request.query))
    return {
      resource: '/{proxy+}',
      path: request.path,
      httpMethod: request.method,
      headers: lastValues(headers),
      multiValueHeaders: headers,
      queryStringParameters: request.query ? lastValues(query) : null,
      multiValueQueryStringParameters: request.query ? query : null,
      pathParameters: { proxy: request.path.slice(1) },
      stageVariables: null,
      requestContext: {
        accountId: '123456789012',
        apiId: 'abcdefghij',
        httpMethod: request.method,
        identity: { sourceIp: '203.0.113.7', userAgent: headerOf(request, 'user-agent') ?? null },
        path: request.path,
        protocol: 'HTTP/1.1',
        requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
        requestTimeEpoch: 1583348638390,
        resourcePath: '/{proxy+}',
        stage: 'prod',
      },
      ...(request.body.length > 0 ? base64Body(request) : { body: null, isBase64Encoded: false }),
    }
  },
}

/** Sources: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html; the limit: http-api-quotas.html there. */
export const httpApi: Gateway = {
  name: 'API Gateway v2',
  maxBodyBytes: 10 * mib,
  errorStatus: 500,
  resultKeys: ['statusCode', 'headers', 'body', 'isBase64Encoded', 'cookies'],
  toEvent: (request) => toHttpApiEvent(request, { routeKey: 'ANY /{proxy+}', authorizer: undefined }),
}

/** Source: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html; the limit is that of synchronous invocations. */
export const functionUrl: Gateway = {
  ...httpApi,
  name: 'function URL',
  maxBodyBytes: 6 * mib,
  errorStatus: 502,
  toEvent: (request) => toHttpApiEvent(request, { routeKey: '$default', authorizer: null }),
}

/** Header names are in lower case, values of one name are joined with commas, and cookies have a separate field. */
function toHttpApiEvent(
  request: ReceivedRequest,
  { routeKey, authorizer }: { routeKey: string; authorizer: unknown },
) {
  const headers = groupValues(request.headers.map(([name, value]) => [name.toLowerCase(), value]))
  const { cookie, ...others } = headers
  const query = groupValues(new URLSearchParams(request.query))
  const join = (values: readonly string[]) => values.join(',')
  return {
    version: '2.0',
    routeKey,
    rawPath: request.path,
    rawQueryString: request.query,
    ...(cookie ? { cookies: cookie.flatMap((value) => value.split('; ')) } : {}),
    headers: { ...mapValues(others, join), 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' },
    ...(request.query ? { queryStringParameters: mapValues(query, join) } : {}),
    requestContext: {
      accountId: '123456789012',
      apiId: 'abcdefghij',
      ...(authorizer === undefined ? {} : { authorizer }),
      domainName: 'abcdefghij.example.com',
      http: {
        method: request.method,
        path: request.path,
        protocol: 'HTTP/1.1',
        sourceIp: '203.0.113.7',
        userAgent: headerOf(request, 'user-agent') ?? '',
      },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey,
      stage: '$default',
      timeEpoch: 1583348638390,
    },
    ...(request.body.length > 0 ? encodeBody(request) : { isBase64Encoded: false }),
  }
}

/**
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html. Parameters are not
 * decoded. Without multi-value headers, a function gets only the last value of a name.
 */
export function loadBalancer(options: { readonly multiValueHeaders: boolean }): Gateway {
  const headersKey = options.multiValueHeaders ? 'multiValueHeaders' : 'headers'
  return {
    name: options.multiValueHeaders ? 'ALB' : 'ALB, single values',
    maxBodyBytes: mib,
    errorStatus: 502,
    resultKeys: ['statusCode', 'statusDescription', headersKey, 'body', 'isBase64Encoded'],
    toEvent(request) {
      const headers = groupValues(request.headers.map(([name, value]) => [name.toLowerCase(), value]))
      const query = groupValues(splitQuery(request.query))
      return {
        requestContext: {
          elb: {
            targetGroupArn:
              'arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/lambda-279XGJDqGZ5rsrHC2Fjr/49e9d65c45c6791a',
          },
        },
        httpMethod: request.method,
        path: request.path,
        ...(options.multiValueHeaders
          ? { multiValueQueryStringParameters: query, multiValueHeaders: headers }
          : { queryStringParameters: lastValues(query), headers: lastValues(headers) }),
        ...(request.body.length > 0 ? encodeBody(request) : { body: '', isBase64Encoded: false }),
      }
    },
  }
}

function splitQuery(query: string): [name: string, value: string][] {
  return query === ''
    ? []
    : query.split('&').map((pair) => {
        const [name = '', ...rest] = pair.split('=')
        return [name, rest.join('=')]
      })
}

function mapValues(groups: Record<string, string[]>, map: (values: readonly string[]) => string) {
  return Object.fromEntries(Object.entries(groups).map(([name, values]) => [name, map(values)]))
}
