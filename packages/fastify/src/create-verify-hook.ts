import type { Receiver } from '@countersign/core'
import { drainRequest } from '@countersign/core/node'
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction, RequestPayload } from 'fastify'
import { receiveDelivery } from './receive-delivery.js'
import { refuseHttp2 } from './refuse-http2.js'
import type { AnyReceiverOptions } from './types.js'

/** A route's hook `preParsing`. */
export type PreParsing = (
  request: FastifyRequest,
  reply: FastifyReply,
  payload: RequestPayload,
  done: HookHandlerDoneFunction,
) => void

/**
 * Creates the hook that verifies the requests of webhook routes.
 *
 * @param findConfig returns the `config` of the request's route
 * @param findReceiver returns the receiver of that `config`, creating it if needed; the hook rethrows what it throws
 */
export function createVerifyHook(
  findConfig: (request: FastifyRequest) => { readonly webhook?: AnyReceiverOptions },
  findReceiver: (config: object) => Receiver | undefined,
): PreParsing {
  return (request, reply, payload, done) => {
    const config = findConfig(request)
    let receiver: Receiver | undefined
    try {
      receiver = findReceiver(config)
      if (receiver && request.raw.httpVersionMajor > 1) refuseHttp2()
    } catch (error) {
      void drainRequest(request.raw)
      throw error
    }
    if (!receiver || !config.webhook) return done()
    const incoming = { receiver, options: config.webhook, request, reply, payload }
    receiveDelivery(incoming).then(() => done(), done)
  }
}
