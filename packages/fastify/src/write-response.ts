import type { WebhookResponse } from '@countersign/core'
import { groupHeaders } from '@countersign/core/node'
import type { FastifyReply } from 'fastify'

/** Sends an answer of the core, or the handler's own `Response`. */
export function writeResponse(
  reply: FastifyReply,
  { status, headers, body, own }: WebhookResponse,
): FastifyReply {
  reply.code(status)
  if (!own) return reply.headers(headers).send(body)
  // Fastify labels bytes without a type as an octet-stream, even an empty buffer.
  reply.headers(groupHeaders(own.headers))
  return own.body.length === 0 ? reply.send() : reply.send(Buffer.from(own.body))
}
