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
