import { type Receiver, WebhookConfigurationError, type WebhookRequest } from '@countersign/core'
import { settleByAnswer, toWebhookRequest, writeResponse } from '@countersign/core/node'
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify'
import { keepAcceptance } from './acceptances.js'
import { bodyLimitOf } from './body-limit.js'
import { bodyReaderRemedy } from './body-reader-remedy.js'
import { skipParsing } from './skip-parsing.js'

/** A request at its hook `preParsing`. */
export interface Arriving {
  readonly receiver: Receiver
  /** Those of the route. */
  readonly options: object
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** What the parsers would read: the request itself, unless an earlier hook put something in its place. */
  readonly payload: RequestPayload
}

/** Accepts a request, whose claim its reply then settles, or answers it. With `hijack()`, Fastify leaves it alone from then on. */
export async function receiveDelivery(arriving: Arriving): Promise<void> {
  const { receiver, options, request, reply } = arriving
  const acceptance = await receiver.accept(readArriving(arriving))
  if (!acceptance.accepted) {
    reply.hijack()
    writeResponse(request.raw, reply.raw, acceptance.outcome.response)
    return
  }
  if (!settleByAnswer(reply.raw, acceptance)) {
    reply.hijack()
    return
  }
  keepAcceptance(request, { acceptance, options })
  skipParsing(request)
}

function readArriving({ request, payload }: Arriving): WebhookRequest {
  const { body, ...rest } = toWebhookRequest(request.raw, bodyReaderRemedy)
  // Without the option logger, Fastify's own writes nothing at all; the receiver then takes the console.
  const logger = 'level' in request.log ? request.log : undefined
  const head = { ...rest, requestId: request.id, logger }
  if (typeof body !== 'function') return { ...head, body }
  return {
    ...head,
    body: async (limits) => {
      if (payload !== request.raw) throw bodyReplaced()
      return body({ ...limits, maxBodyBytes: Math.min(limits.maxBodyBytes, bodyLimitOf(request)) })
    },
  }
}

function bodyReplaced(): WebhookConfigurationError {
  return new WebhookConfigurationError(
    'ERR_WEBHOOK_BODY_ALREADY_PARSED',
    `An earlier preParsing hook put another stream in place of the body, so the bytes that were signed may be gone. ${bodyReaderRemedy}`,
  )
}
