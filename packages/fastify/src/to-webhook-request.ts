import { WebhookConfigurationError, type WebhookRequest } from '@countersign/core'
import { toWebhookRequest as toNodeWebhookRequest } from '@countersign/core/node'
import type { FastifyRequest, RequestPayload } from 'fastify'
import { findBodyLimit } from './body-limit.js'
import { bodyParserRemedy } from './body-parser-remedy.js'

/**
 * Converts a request of Fastify for the core.
 *
 * @param payload what the parsers would read: the request itself, unless an earlier hook has replaced it
 */
export function toWebhookRequest(request: FastifyRequest, payload: RequestPayload): WebhookRequest {
  const { body, ...rest } = toNodeWebhookRequest(request.raw, bodyParserRemedy)
  // Without the option `logger`, Fastify's own logger writes nothing. The receiver then uses the console.
  const logger = 'level' in request.log ? request.log : undefined
  const head = { ...rest, requestId: request.id, logger }
  if (typeof body !== 'function') return { ...head, body }
  return {
    ...head,
    body: async (limits) => {
      if (payload !== request.raw) throw bodyReplaced()
      return body({ ...limits, maxBodyBytes: Math.min(limits.maxBodyBytes, findBodyLimit(request)) })
    },
  }
}

function bodyReplaced(): WebhookConfigurationError {
  return new WebhookConfigurationError(
    'ERR_WEBHOOK_BODY_ALREADY_PARSED',
    `An earlier preParsing hook replaced the body with another stream, so the bytes that were signed may be gone. ${bodyParserRemedy}`,
  )
}
