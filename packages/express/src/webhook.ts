import {
  createReceiver,
  type ReceiverOptions,
  type StandardSchemaV1,
  type WebhookEvent,
} from '@countersign/core'
import type { EventOf } from '@countersign/core/adapter'
import { settleByAnswer, toWebhookRequest } from '@countersign/core/node'
import type { NextFunction, Request, Response } from 'express'
import { bodyParserRemedy } from './body-parser-remedy.js'
import { restoreBody } from './restore-body.js'
import type { WebhookMiddleware } from './types.js'
import { writeResponse } from './write-response.js'

/**
 * Creates middleware for the route of a webhook. It refuses requests that are not authentic, answers duplicates, and passes a
 * delivery to the route as `req.webhook`. The route's own answer settles the claim before its last byte is sent: 2xx completes the
 * delivery; any other status, also after a throw, releases it, and the sender retries.
 *
 * `req.body` is the verified payload, unless it holds bytes. If a parser has read the body already, `next` gets
 * `ERR_WEBHOOK_BODY_ALREADY_PARSED`.
 *
 * @throws WebhookConfigurationError if an option is wrong; the message names the option and the fix
 *
 * @example
 * ```ts
 * import { visibuild } from '@countersign/core/schemes'
 * import { webhook } from '@countersign/express'
 * import express from 'express'
 *
 * const app = express()
 * app.post('/webhooks/visibuild', webhook({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }), (req, res) => {
 *   const { event, payload } = req.webhook
 *   console.log(event, payload)
 *   res.sendStatus(204)
 * })
 * ```
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
        if (!acceptance.accepted) return writeResponse(acceptance.outcome, request, response, next)
        if (!settleByAnswer(response, acceptance)) return
        request.webhook = acceptance.delivery
        response.locals.webhook = acceptance.delivery
        restoreBody(request, acceptance.delivery)
        next()
      })
      .catch(next)
  }
  return verify as WebhookMiddleware<EventOf<TEvent, TSchema>>
}
