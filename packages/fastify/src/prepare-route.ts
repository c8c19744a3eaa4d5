import type { RouteOptions } from 'fastify'
import { answerGoneSender } from './answer-gone-sender.js'
import { keepBodyLimit } from './body-limit.js'

const prepared = new WeakSet<RouteOptions['handler']>()

/** What a webhook's route needs beside its hooks, once. Fastify gives the same route twice where a prefix ends with and without its slash. */
export function prepareRoute(route: RouteOptions): void {
  if (prepared.has(route.handler)) return
  keepBodyLimit(route)
  route.handler = answerGoneSender(route.handler)
  prepared.add(route.handler)
}
