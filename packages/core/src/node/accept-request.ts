import type { ServerResponse } from 'node:http'
import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import type { Delivery, Receiver } from '../types.js'
import { settleByAnswer } from './settle-by-answer.js'
import { toWebhookRequest } from './to-webhook-request.js'
import type { NodeRequest } from './types.js'
import { writeResponse } from './write-response.js'

/**
 * Verifies a request whose route answers itself, for adapters over `node:http`. The route's own answer settles the claim.
 *
 * @param remedy the fix to name in the error if a parser has read the body
 * @returns undefined once the request has been answered: the route must not run
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http'
 * import { createReceiver } from '@countersign/core'
 * import { acceptRequest } from '@countersign/core/node'
 * import { visibuild } from '@countersign/core/schemes'
 *
 * const receiver = createReceiver({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET })
 *
 * createServer(async (request, response) => {
 *   const delivery = await acceptRequest(receiver, request, response)
 *   if (delivery) response.writeHead(204).end()
 * }).listen(3000)
 * ```
 */
export async function acceptRequest<TEvent extends WebhookEvent>(
  receiver: Receiver<TEvent>,
  request: NodeRequest,
  response: ServerResponse,
  remedy?: string,
): Promise<Delivery<TEvent> | undefined> {
  const acceptance = await receiver.accept(toWebhookRequest(request, remedy))
  if (!acceptance.accepted) {
    writeResponse(request, response, acceptance.outcome.response)
    return undefined
  }
  return settleByAnswer(response, acceptance) ? acceptance.delivery : undefined
}
