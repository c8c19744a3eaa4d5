import {
  createReceiver,
  type Delivery,
  type EventOf,
  type ReceiverOptions,
  type StandardSchemaV1,
  type WebhookEvent,
} from '@countersign/core'
import { settleByAnswer, toWebhookRequest } from '@countersign/core/node'
import type { NextFunction, Request, Response } from 'express'
import { answerOutcome } from './answer-outcome.js'
import { bodyParserRemedy } from './body-parser-remedy.js'
import { fillBody } from './fill-body.js'
import type { WebhookMiddleware } from './webhook-middleware.js'

declare module 'express-serve-static-core' {
  interface Request<P, ResBody, ReqBody, ReqQuery, LocalsObj> {
    /** The verified delivery, on a route with `webhook()` before it; undefined on any other. */
    webhook: LocalsObj extends { webhook: infer Verified } ? Verified : Delivery | undefined
  }
}

/**
 * Middleware for a webhook's route. It refuses what is not authentic, answers repetitions, and hands a delivery on
 * as `req.webhook`. The route's own answer settles the claim before its last byte goes out: 2xx completes it,
 * any other status, as after a throw, releases it for the sender's next attempt.
 *
 * `req.body` is the verified payload, unless it holds bytes. A body that a parser has read already goes to `next` as `ERR_WEBHOOK_BODY_ALREADY_PARSED`.
 *
 * @throws WebhookConfigurationError when an option is wrong, naming it and the fix
 *
 * @example
 * app.post('/webhooks/visibuild', webhook({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }), (req, res) => {
 *   const { event, payload } = req.webhook
 *   res.sendStatus(204)
 * })
 */
export function webhook<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
>(options: ReceiverOptions<TEvent, TSchema>): WebhookMiddleware<EventOf<TEvent, TSchema>> {
  const receiver = createReceiver(options)
  const verify = (request: Request, response: Response, next: NextFunction) => {
    receiver
      .accept(toWebhookRequest(request, bodyParserRemedy))
      .then((acceptance) => {
        if (!acceptance.accepted) return answerOutcome(acceptance.outcome, request, response, next)
        if (!settleByAnswer(response, acceptance)) return
        request.webhook = acceptance.delivery
        response.locals.webhook = acceptance.delivery
        fillBody(request, acceptance.delivery)
        next()
      })
      .catch(next)
  }
  return verify as WebhookMiddleware<EventOf<TEvent, TSchema>>
}
