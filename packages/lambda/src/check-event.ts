import { WebhookConfigurationError } from '@countersign/core'
import type { LambdaEvent } from './lambda-event.js'

/**
 * Refuses events that stand for no HTTP request: a queue's batch, a schedule, a WebSocket's message, a direct invocation. An
 * answer with a status would count as success there, and what the event held would be lost.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID`
 */
export function checkEvent(event: unknown): asserts event is LambdaEvent {
  if (isHttpEvent(membersOf(event))) return
  throw new WebhookConfigurationError(
    'ERR_WEBHOOK_OPTION_INVALID',
    'The function was invoked with an event that is no HTTP request. Invoke it through API Gateway (a REST API, or an HTTP API ' +
      'with payload format 1.0 or 2.0), an Application Load Balancer, a function URL, VPC Lattice or Netlify, and give other events a ' +
      "function of their own. A function that gets a Request, as Netlify's newer ones, takes webhook() of @countersign/core/fetch.",
  )
}

function isHttpEvent(event: Members): boolean {
  const { httpMethod, method, path, rawPath, rawUrl, raw_path, requestContext } = event
  const { http } = membersOf(requestContext)
  if (http !== undefined) return areTexts(membersOf(http).method, rawPath)
  // Netlify's events have no context.
  const isNetlify = requestContext === undefined && areTexts(rawUrl)
  if (httpMethod !== undefined) return areTexts(httpMethod, path) && (isNetlify || isObject(requestContext))
  return areTexts(method, raw_path) || (areTexts(method, path) && isObject(requestContext))
}

type Members = Readonly<Record<string, unknown>>

function areTexts(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string')
}

function membersOf(value: unknown): Members {
  return isObject(value) ? value : {}
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null
}
