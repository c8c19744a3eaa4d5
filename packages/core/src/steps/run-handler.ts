import type { Delivery, Handler, HandlerEnd } from '../types.js'

/**
 * Runs a handler and returns how it ended, for `settle`: its result, or what it threw. Never rejects.
 *
 * @example
 * export async function respond(receiver: Receiver, request: WebhookRequest, handler: Handler): Promise<Outcome> {
 *   const acceptance = await receiver.accept(request)
 *   if (!acceptance.accepted) return acceptance.outcome
 *   return acceptance.settle(await runHandler(handler, acceptance.delivery))
 * }
 */
export async function runHandler(handler: Handler<never>, delivery: Delivery): Promise<HandlerEnd> {
  try {
    return { ok: true, result: await handler(delivery as never) }
  } catch (error) {
    return { ok: false, error }
  }
}
