import {
  checkHandler,
  type Delivery,
  type EventOf,
  type ReceiverOptions,
  type StandardSchemaV1,
  type WebhookEvent,
} from '@countersign/core'
import { settleByAnswer, toWebhookRequest, writeResponse } from '@countersign/core/node'
import type { NextApiRequest, NextApiResponse } from 'next/types.js'
import { createWhenRunning } from '../create-when-running.js'
import { bodyParserRemedy } from './body-parser-remedy.js'
import type { WebhookRoute } from './webhook.js'

/** The request of an API route, with the verified delivery. */
export interface WebhookApiRequest<TEvent extends WebhookEvent = WebhookEvent> extends NextApiRequest {
  readonly webhook: Delivery<TEvent>
}

/** An API route that answers by itself. */
export type WebhookApiHandler<TEvent extends WebhookEvent = WebhookEvent> = (
  req: WebhookApiRequest<TEvent>,
  res: NextApiResponse,
) => unknown

/**
 * Wraps an API route that answers by itself. It refuses what is not authentic, answers repetitions, and hands a delivery on as
 * `req.webhook`. The route's own answer settles the claim before its last byte goes out: 2xx completes it, any other
 * status, as after a throw, releases it for the sender's next attempt.
 *
 * The file needs `export const config = { api: { bodyParser: false } }`. Without it every request that has a body is answered 500,
 * and `ERR_WEBHOOK_BODY_ALREADY_PARSED` goes to `onRejected` and, once, to `onWarning`.
 *
 * @throws WebhookConfigurationError when an option is wrong, naming it and the fix; while `next build` runs, only once a request comes
 *
 * @example
 * // pages/api/webhooks/visibuild.ts
 * export const config = { api: { bodyParser: false } }
 * export default withWebhook({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }, (req, res) => {
 *   const { event, payload } = req.webhook
 *   res.status(204).end()
 * })
 */
export function withWebhook<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
>(
  options: ReceiverOptions<TEvent, TSchema>,
  handler: WebhookApiHandler<EventOf<TEvent, TSchema>>,
): WebhookRoute {
  checkHandler(handler, { caller: withWebhook, options })
  const receiver = createWhenRunning(options)
  return async (req, res) => {
    const acceptance = await receiver().accept(toWebhookRequest(req, bodyParserRemedy))
    if (!acceptance.accepted) return writeResponse(req, res, acceptance.outcome.response)
    if (!settleByAnswer(res, acceptance)) return
    await handler(Object.assign(req, { webhook: acceptance.delivery }), res)
  }
}
