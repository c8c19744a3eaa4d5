import type { Receiver } from '@countersign/core'
import { settleByAnswer, writeResponse } from '@countersign/core/node'
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify'
import { rememberAcceptance } from './accepted-requests.js'
import { hideBody } from './restore-body.js'
import { toWebhookRequest } from './to-webhook-request.js'

/** A request in its hook `preParsing`. */
export interface IncomingDelivery {
  readonly receiver: Receiver
  /** The route's own. */
  readonly options: object
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly payload: RequestPayload
}

/** Accepts a request, whose reply then settles the claim, or answers it. After `hijack()`, Fastify does nothing more with it. */
export async function receiveDelivery(incoming: IncomingDelivery): Promise<void> {
  const { receiver, options, request, reply, payload } = incoming
  const acceptance = await receiver.accept(toWebhookRequest(request, payload))
  if (!acceptance.accepted) {
    reply.hijack()
    writeResponse(request.raw, reply.raw, acceptance.outcome.response)
    return
  }
  if (!settleByAnswer(reply.raw, acceptance)) {
    reply.hijack()
    return
  }
  rememberAcceptance(request, { acceptance, options })
  hideBody(request)
}
