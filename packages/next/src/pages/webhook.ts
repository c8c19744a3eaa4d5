import {
  checkHandler,
  type Delivery,
  type EventOf,
  type ReceiverOptions,
  type StandardSchemaV1,
  type WebhookEvent,
} from '@countersign/core'
import { toWebhookRequest, writeResponse } from '@countersign/core/node'
import type { NextApiRequest, NextApiResponse } from 'next/types.js'
import { createWhenRunning } from '../create-when-running.js'
import { bodyParserRemedy } from './body-parser-remedy.js'

/** What a handler gets beside the delivery. The suite writes the response: a handler must not. */
export interface WebhookContext {
  readonly req: NextApiRequest
  readonly res: NextApiResponse
}

/** A route of the Pages Router, as a file in `pages/api` exports it. */
export type WebhookRoute = (req: NextApiRequest, res: NextApiResponse) => Promise<void>

/**
 * Handles one delivery. When it returns, or its promise resolves, the delivery is complete; when it throws, the
 * sender comes again. A web `Response` it returns, as `Response.json({ challenge })`, is the answer, and its status decides: 2xx
 * completes, any other has the sender come again. It is read whole first: up to 1 MiB, within 5 seconds. Anything else it
 * returns goes to nobody.
 */
export type WebhookHandler<TEvent extends WebhookEvent = WebhookEvent> = (
  delivery: Delivery<TEvent>,
  context: WebhookContext,
) => unknown

/**
 * A whole API route for a webhook: verifies, deduplicates, runs the handler and writes the answer. A handler that throws
 * a `WebhookPermanentError` ends the event for good; any other error is answered 500, without its text.
 *
 * The file needs `export const config = { api: { bodyParser: false } }`. Without it every request that has a body is answered 500,
 * and `ERR_WEBHOOK_BODY_ALREADY_PARSED` goes to `onRejected` and, once, to `onWarning`.
 *
 * @throws WebhookConfigurationError when an option is wrong, naming it and the fix; while `next build` runs, only once a request comes
 *
 * @example
 * // pages/api/webhooks/visibuild.ts
 * export const config = { api: { bodyParser: false } }
 * export default webhook({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }, async ({ event, payload }) => {
 *   await tickets.update(payload)
 * })
 */
export function webhook<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
>(
  options: ReceiverOptions<TEvent, TSchema>,
  handler: WebhookHandler<EventOf<TEvent, TSchema>>,
): WebhookRoute {
  checkHandler(handler, { caller: webhook, options })
  const receiver = createWhenRunning(options)
  return async (req, res) => {
    const { response } = await receiver().receive(toWebhookRequest(req, bodyParserRemedy), (delivery) =>
      handler(delivery, { req, res }),
    )
    writeResponse(req, res, response)
  }
}
