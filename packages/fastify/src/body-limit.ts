import type { FastifyRequest, RouteOptions } from 'fastify'

/** The default of Fastify 5. It is meant for JSON in general and says nothing about what a sender sends. */
const defaultBodyLimit = 1024 * 1024

/** Marks a route's `config` whose `bodyLimit` was set for it. */
const isChosen = Symbol('countersign.body-limit')

/** Remembers a limit that was set on the route. A request shows the same value if it comes from the instance. */
export function rememberBodyLimit(route: RouteOptions): void {
  if (route.bodyLimit !== undefined) route.config = Object.assign({ [isChosen]: true }, route.config)
}

/** The `bodyLimit` in bytes that was set for this request's route or its instance; infinite if neither was set. */
export function findBodyLimit({ routeOptions: { bodyLimit, config } }: FastifyRequest): number {
  return bodyLimit !== defaultBodyLimit || isChosen in config ? bodyLimit : Number.POSITIVE_INFINITY
}
