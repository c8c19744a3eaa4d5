import type { Delivery, WebhookEvent } from '@countersign/core'
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'

/** A type parameter of Express that the route decides. It is the type that Express gives to errors. */
export type Open = Parameters<ErrorRequestHandler>[0]

/** What the routes after `webhook()` find in `res.locals`. */
export type WebhookLocals<TEvent extends WebhookEvent> = { webhook: Delivery<TEvent> }

declare const delivers: unique symbol

/**
 * Middleware that passes a verified delivery to the route as `req.webhook` and as `res.locals.webhook`. Only `webhook()` creates one.
 *
 * It also fits lists of arbitrary handlers, from which Express infers no types.
 */
export type WebhookMiddleware<TEvent extends WebhookEvent = WebhookEvent> = RequestHandler<
  Open,
  Open,
  Open,
  Open
> &
  RequestHandler<Open, Open, Open, Open, WebhookLocals<TEvent>> & {
    /** Never present at run time: it marks the only middleware that delivers. */
    readonly [delivers]: TEvent
  }

/** What a handler gets beside the delivery. Countersign writes the response: a handler must not. */
export interface WebhookContext {
  readonly req: Request
  readonly res: Response
}

/**
 * Handles one delivery. If it returns, or its promise resolves, the delivery is complete; if it throws, the sender retries.
 * A web `Response` that it returns, such as `Response.json({ challenge })`, is the answer, and its status decides: 2xx completes
 * the delivery, any other status makes the sender retry. It is read completely first: up to 1 MiB, within 5 seconds. Any other
 * return value is ignored.
 */
export type WebhookHandler<TEvent extends WebhookEvent = WebhookEvent> = (
  delivery: Delivery<TEvent>,
  context: WebhookContext,
) => unknown

declare module 'express-serve-static-core' {
  interface Request<P, ResBody, ReqBody, ReqQuery, LocalsObj> {
    /** The verified delivery on a route after `webhook()`; undefined on any other route. */
    webhook: LocalsObj extends { webhook: infer Verified } ? Verified : Delivery | undefined
  }
}
