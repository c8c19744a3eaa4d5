import type { LatticeEvent, LatticeV1Event } from './lattice-event.js'

/** The part that events of API Gateway, load balancers and function URLs share. */
interface GatewayEvent {
  /** Text, or base64 if `isBase64Encoded` is true. Null or absent: no body. */
  readonly body?: string | null | undefined
  readonly isBase64Encoded?: boolean | undefined
  readonly headers?: { readonly [name: string]: string | undefined } | null | undefined
}

/** REST APIs and load balancers pass repeated headers and parameters in separate maps. */
interface MultiValueEvent extends GatewayEvent {
  readonly httpMethod: string
  readonly path: string
  readonly multiValueHeaders?: MultiValues | null | undefined
  readonly queryStringParameters?: { readonly [name: string]: string | undefined } | null | undefined
  readonly multiValueQueryStringParameters?: MultiValues | null | undefined
}

interface MultiValues {
  readonly [name: string]: string[] | undefined
}

/**
 * A REST API's event, or an HTTP API's with payload format 1.0.
 *
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export interface RestApiEvent extends MultiValueEvent {
  readonly requestContext: { readonly path?: string | undefined }
}

/**
 * A load balancer's event. With multi-value headers enabled it only has the multi-value maps, otherwise only the others.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export interface LoadBalancerEvent extends MultiValueEvent {
  readonly requestContext: { readonly elb: { readonly targetGroupArn: string } }
}

/**
 * An HTTP API's event with payload format 2.0, or a function URL's. Repeated headers are joined with commas.
 *
 * Sources: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export interface HttpApiEvent extends GatewayEvent {
  readonly rawPath: string
  readonly rawQueryString: string
  /** Removed from the headers by the gateway. */
  readonly cookies?: string[] | undefined
  readonly requestContext: { readonly http: { readonly method: string } }
}

/**
 * The event of a Netlify function in its Lambda-compatible form (`export const handler`). Functions in Netlify's newer form take a
 * `Request`: for them, use `webhook` of `@countersign/core/fetch`.
 *
 * Source: https://docs.netlify.com/build/functions/lambda-compatibility/
 */
export interface NetlifyEvent extends MultiValueEvent {
  /** The whole requested URL, with its query. */
  readonly rawUrl: string
  readonly rawQuery?: string | undefined
  readonly requestContext?: undefined
}

/** The events that carry an HTTP request. Those of `@types/aws-lambda` and `@netlify/functions` fit. */
export type LambdaEvent =
  | RestApiEvent
  | LoadBalancerEvent
  | HttpApiEvent
  | NetlifyEvent
  | LatticeEvent
  | LatticeV1Event

export function isHttpApiEvent(event: LambdaEvent): event is HttpApiEvent {
  return hasContext(event, 'http')
}

export function isLoadBalancerEvent(event: LambdaEvent): event is LoadBalancerEvent {
  return hasContext(event, 'elb')
}

export function isNetlifyEvent(event: LambdaEvent): event is NetlifyEvent {
  return 'httpMethod' in event && !event.requestContext
}

function hasContext(event: LambdaEvent, name: string): boolean {
  const context: object | undefined = 'requestContext' in event ? event.requestContext : undefined
  return context !== undefined && Reflect.get(context, name) !== undefined
}
