import type { WebhookEvent } from '@countersign/core'
import type { Request, RequestHandler } from 'express'
import type { RouteParameters } from 'express-serve-static-core'
import type { Open, WebhookLocals, WebhookMiddleware } from './types.js'

/** A handler after `webhook()`. Not an error handler: if both fit, TypeScript infers the parameters of neither. */
type RouteHandler<TEvent extends WebhookEvent, P, ResBody, ReqBody, ReqQuery> = RequestHandler<
  P,
  ResBody,
  ReqBody,
  ReqQuery,
  WebhookLocals<TEvent>
>

type OneOrList<THandler> = THandler | readonly THandler[]

/** The parameters in a route's path. */
type ParametersOf<Path> = Path extends string ? RouteParameters<Path> : Record<string, string>

/**
 * Lists with `webhook()` as the first, the only or the last handler. Each has its own overload: with a union, TypeScript would not
 * infer the parameters of the functions in the list.
 */
type FirstOf<TEvent extends WebhookEvent, THandler> = readonly [WebhookMiddleware<TEvent>, ...THandler[]]
type OnlyOf<TEvent extends WebhookEvent> = readonly WebhookMiddleware<TEvent>[]
type LastOf<TEvent extends WebhookEvent, THandler> = readonly [...THandler[], WebhookMiddleware<TEvent>]

// In lists and after `route()` and `use()`, Express' own types lose what a handler adds to the request.
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
