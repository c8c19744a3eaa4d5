import { WebhookConfigurationError } from '@countersign/core'
import type { LambdaEvent } from './lambda-event.js'

/**
 * Refuses events that stand for no HTTP request: a queue's batch, a schedule, a WebSocket's message, a direct invocation. An
 * answer with a status would count as success there, and what the event held would be lost.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID`
 */
export function checkEvent(event: unknown): asserts event is LambdaEvent {
  const { httpMethod, path, rawPath, requestContext } = membersOf(event)
  const { http } = membersOf(requestContext)
  const isHttpApi = typeof membersOf(http).method === 'string' && typeof rawPath === 'string'
  const isOther = typeof httpMethod === 'string' && typeof path === 'string' && isObject(requestContext)
  if (http === undefined ? isOther : isHttpApi) return
  throw new WebhookConfigurationError(
    'ERR_WEBHOOK_OPTION_INVALID',
    'The function was invoked with an event that is no HTTP request. Invoke it through API Gateway (a REST API, or an HTTP API ' +
      'with payload format 1.0 or 2.0), an Application Load Balancer or a function URL, and give other events a function of their own.',
  )
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {}
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
