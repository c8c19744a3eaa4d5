import { WebhookConfigurationError } from '@countersign/core'
import type { LambdaEvent } from './lambda-event.js'

/**
 * Refuses events that are not HTTP requests: a queue's batch, a schedule, a WebSocket message, a direct invocation. Returning a status
 * would count as success there, and the contents of the event would be lost.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID`
 */
export function checkEvent(event: unknown): asserts event is LambdaEvent {
  if (isHttpEvent(readMembers(event))) return
  throw new WebhookConfigurationError(
    'ERR_WEBHOOK_OPTION_INVALID',
    'The function was invoked with an event that is not an HTTP request. Invoke it through API Gateway (a REST API, or an HTTP API ' +
      'with payload format 1.0 or 2.0), an Application Load Balancer, a function URL, VPC Lattice or Netlify, and use a separate ' +
      "function for other events. For a function that gets a Request, like Netlify's newer ones, use webhook() of @countersign/core/fetch.",
  )
}

function isHttpEvent(event: Members): boolean {
  const { httpMethod, method, path, rawPath, rawUrl, raw_path, requestContext } = event
  const { http } = readMembers(requestContext)
  if (http !== undefined) return areStrings(readMembers(http).method, rawPath)
  // Netlify's events have no context.
  const isNetlify = requestContext === undefined && areStrings(rawUrl)
  if (httpMethod !== undefined) return areStrings(httpMethod, path) && (isNetlify || isObject(requestContext))
  return areStrings(method, raw_path) || (areStrings(method, path) && isObject(requestContext))
}

type Members = Readonly<Record<string, unknown>>

function areStrings(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string')
}

function readMembers(value: unknown): Members {
  return isObject(value) ? value : {}
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null
}
