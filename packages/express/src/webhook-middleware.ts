import type { Delivery, WebhookEvent } from '@countersign/core'
import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import type { RouteParameters } from 'express-serve-static-core'

/** Leaves a type parameter of Express to the route, by the type that Express gives to errors. */
type Open = Parameters<ErrorRequestHandler>[0]

/** What the routes behind `webhook()` find in `res.locals`. */
type Locals<TEvent extends WebhookEvent> = { webhook: Delivery<TEvent> }

declare const handsOn: unique symbol

/**
 * Middleware that hands on a verified delivery as `req.webhook`, and as `res.locals.webhook`. Only `webhook()` makes one.
 *
 * It fits a list of any handlers, too, from which Express takes no types.
 */
export type WebhookMiddleware<TEvent extends WebhookEvent = WebhookEvent> = RequestHandler<
  Open,
  Open,
  Open,
  Open
> &
  RequestHandler<Open, Open, Open, Open, Locals<TEvent>> & {
    /** Never there at run time: no other middleware promises a delivery. */
    readonly [handsOn]: TEvent
  }

/** What may stand behind `webhook()`. No error handler: with both, TypeScript gives the parameters of neither a type. */
type RouteHandler<TEvent extends WebhookEvent, P, ResBody, ReqBody, ReqQuery> = RequestHandler<
  P,
  ResBody,
  ReqBody,
  ReqQuery,
  Locals<TEvent>
>

type OneOrList<THandler> = THandler | readonly THandler[]

/** The parameters in a route's path. */
type ParametersOf<Path> = Path extends string ? RouteParameters<Path> : Record<string, string>

/**
 * The places of a list with `webhook()` in it: first, alone, or last. Each is an overload of its own, since a union of them would leave
 * the parameters of functions in the list without types.
 */
type FirstOf<TEvent extends WebhookEvent, THandler> = readonly [WebhookMiddleware<TEvent>, ...THandler[]]
type OnlyOf<TEvent extends WebhookEvent> = readonly WebhookMiddleware<TEvent>[]
type LastOf<TEvent extends WebhookEvent, THandler> = readonly [...THandler[], WebhookMiddleware<TEvent>]

// Express' own types forget in lists, and behind `route()` and `use()`, what a handler adds to the request.
declare module 'express-serve-static-core' {
  interface IRouterMatcher<T, Method> {
    <
      Path extends string,
      TEvent extends WebhookEvent,
      P = ParametersOf<Path>,
      ResBody = Open,
      ReqBody = Open,
      ReqQuery = Request['query'],
    >(
      path: Path,
      list: FirstOf<TEvent, RouteHandler<TEvent, P, ResBody, ReqBody, ReqQuery>>,
      ...handlers: OneOrList<RouteHandler<TEvent, P, ResBody, ReqBody, ReqQuery>>[]
    ): T
    <
      Path extends string,
      TEvent extends WebhookEvent,
      P = ParametersOf<Path>,
      ResBody = Open,
      ReqBody = Open,
      ReqQuery = Request['query'],
    >(
      path: Path,
      list: OnlyOf<TEvent>,
      ...handlers: OneOrList<RouteHandler<TEvent, P, ResBody, ReqBody, ReqQuery>>[]
    ): T
    <
      Path extends string,
      TEvent extends WebhookEvent,
      P = ParametersOf<Path>,
      ResBody = Open,
      ReqBody = Open,
      ReqQuery = Request['query'],
    >(
      path: Path,
      list: LastOf<TEvent, RouteHandler<TEvent, P, ResBody, ReqBody, ReqQuery>>,
      ...handlers: OneOrList<RouteHandler<TEvent, P, ResBody, ReqBody, ReqQuery>>[]
    ): T
    <
      Path extends string,
      TEvent extends WebhookEvent,
      P = ParametersOf<Path>,
      ResBody = Open,
      ReqBody = Open,
      ReqQuery = Request['query'],
    >(
      path: Path,
      webhook: WebhookMiddleware<TEvent>,
      list: readonly RouteHandler<TEvent, P, ResBody, ReqBody, ReqQuery>[],
      ...handlers: OneOrList<RouteHandler<TEvent, P, ResBody, ReqBody, ReqQuery>>[]
    ): T
  }

  interface IRouterHandler<T, Route> {
    <
      TEvent extends WebhookEvent,
      P = ParametersOf<Route>,
      ResBody = Open,
      ReqBody = Open,
      ReqQuery = Request['query'],
    >(
      list: FirstOf<TEvent, RouteHandler<TEvent, P, ResBody, ReqBody, ReqQuery>>,
      ...handlers: OneOrList<RouteHandler<TEvent, P, ResBody, ReqBody, ReqQuery>>[]
    ): T
    <
      TEvent extends WebhookEvent,
      P = ParametersOf<Route>,
      ResBody = Open,
      ReqBody = Open,
      ReqQuery = Request['query'],
    >(
      list: OnlyOf<TEvent>,
      ...handlers: OneOrList<RouteHandler<TEvent, P, ResBody, ReqBody, ReqQuery>>[]
    ): T
    <
      TEvent extends WebhookEvent,
      P = ParametersOf<Route>,
      ResBody = Open,
      ReqBody = Open,
      ReqQuery = Request['query'],
    >(
      list: LastOf<TEvent, RouteHandler<TEvent, P, ResBody, ReqBody, ReqQuery>>,
      ...handlers: OneOrList<RouteHandler<TEvent, P, ResBody, ReqBody, ReqQuery>>[]
    ): T
    <
      TEvent extends WebhookEvent,
      P = ParametersOf<Route>,
      ResBody = Open,
      ReqBody = Open,
      ReqQuery = Request['query'],
    >(
      webhook: WebhookMiddleware<TEvent>,
      ...handlers: OneOrList<RouteHandler<TEvent, P, ResBody, ReqBody, ReqQuery>>[]
    ): T
    <
      TEvent extends WebhookEvent,
      P = ParametersOf<Route>,
      ResBody = Open,
      ReqBody = Open,
      ReqQuery = Request['query'],
    >(
      before: RouteHandler<TEvent, P, ResBody, ReqBody, ReqQuery>,
      webhook: WebhookMiddleware<TEvent>,
      ...handlers: OneOrList<RouteHandler<TEvent, P, ResBody, ReqBody, ReqQuery>>[]
    ): T
  }
}
