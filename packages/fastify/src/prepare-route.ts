import type { RouteOptions } from 'fastify'
import { rememberBodyLimit } from './body-limit.js'
import { replyAfterDisconnect } from './reply-after-disconnect.js'

const prepared = new WeakSet<RouteOptions['handler']>()

/** Prepares a webhook route, once. Fastify declares the same route twice if its prefix works with and without a slash. */
export function prepareRoute(route: RouteOptions): void {
  if (prepared.has(route.handler)) return
  rememberBodyLimit(route)
  route.handler = replyAfterDisconnect(route.handler)
  prepared.add(route.handler)
}
