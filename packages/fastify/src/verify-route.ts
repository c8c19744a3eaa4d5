import type { Receiver } from '@countersign/core'
import { drainRequest } from '@countersign/core/node'
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction, RequestPayload } from 'fastify'
import { receiveDelivery } from './receive-delivery.js'
import { refuseHttp2 } from './refuse-http2.js'
import type { AnyReceiverOptions } from './request-types.js'

/** The hook `preParsing` of a route. */
export type PreParsing = (
  request: FastifyRequest,
  reply: FastifyReply,
  payload: RequestPayload,
  done: HookHandlerDoneFunction,
) => void

/**
 * Makes the hook that verifies a request, where its route is a webhook's.
 *
 * @param optionsOf the options of the request's route
 * @param receiverOf makes the receiver of a route that has none yet; what it throws, the hook throws
 */
export function verifyRoute(
  optionsOf: (request: FastifyRequest) => { readonly webhook?: AnyReceiverOptions },
  receiverOf: (config: object) => Receiver | undefined,
): PreParsing {
  return (request, reply, payload, done) => {
    const config = optionsOf(request)
    let receiver: Receiver | undefined
    try {
      receiver = receiverOf(config)
      if (receiver && request.raw.httpVersionMajor > 1) refuseHttp2()
    } catch (error) {
      void drainRequest(request.raw)
      throw error
    }
    if (!receiver || !config.webhook) return done()
    const arriving = { receiver, options: config.webhook, request, reply, payload }
    receiveDelivery(arriving).then(() => done(), done)
  }
}
