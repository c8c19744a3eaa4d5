import type { WebhookResponse } from '@countersign/core'
import { collectPairs } from '@countersign/core/node'
import type { FastifyReply } from 'fastify'

/** Sends an answer of the core's, or the handler's own. */
export function sendAnswer(
  reply: FastifyReply,
  { status, headers, body, own }: WebhookResponse,
): FastifyReply {
  reply.code(status)
  if (!own) return reply.headers(headers).send(body)
  // Fastify would call bytes without a type an octet-stream, the absent ones too.
  reply.headers(collectPairs(own.headers))
  return own.body.length === 0 ? reply.send() : reply.send(Buffer.from(own.body))
}
