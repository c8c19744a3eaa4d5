import type { FastifyRequest, RouteOptions } from 'fastify'

/** Of Fastify 5: a limit for JSON in general, which says nothing about what a sender sends. */
const defaultBodyLimit = 1024 * 1024

/** In a route's `config`: that its `bodyLimit` was chosen for it. */
const isChosen = Symbol('countersign.body-limit')

/** Remembers a limit that was set on the route; a request cannot tell it from the instance's. */
export function keepBodyLimit(route: RouteOptions): void {
  if (route.bodyLimit !== undefined) route.config = Object.assign({ [isChosen]: true }, route.config)
}

/** The `bodyLimit` in bytes that somebody has set for this request's route or for its instance. */
export function bodyLimitOf({ routeOptions: { bodyLimit, config } }: FastifyRequest): number {
  return bodyLimit !== defaultBodyLimit || isChosen in config ? bodyLimit : Number.POSITIVE_INFINITY
}
