import { subscribe } from 'node:diagnostics_channel'
import { drainRequest } from '@countersign/core/node'
import type {
  FastifyInstance,
  FastifyRequest,
  preParsingHookHandler,
  preValidationHookHandler,
} from 'fastify'
import { findAcceptance, requireAcceptance } from './accepted-requests.js'
import { prepareRoute } from './prepare-route.js'

const guarded = new WeakSet<FastifyInstance>()

/**
 * Refuses requests to routes with `config.webhook` that nothing verifies, because the plugin is missing or registered in another
 * context: anyone could send to them. Fastify announces each instance when it is created, and a hook added then sees every
 * route, below any prefix and in any context.
 */
export function refuseUnverifiedRoutes(): void {
  subscribe('fastify.initialization', (message) => {
    const { fastify } = message as { readonly fastify: FastifyInstance }
    guarded.add(fastify)
    fastify.addHook('onRoute', (route) => {
      if (!isWebhookRoute(route.config)) return
      prepareRoute(route)
      // Last, after everything that could verify. A new list, because a HEAD route shares the old one.
      route.preParsing = [...[route.preParsing ?? []].flat(), refuseUnverified]
    })
  })
}

/** The same for an instance that was created before this package was loaded, including the routes declared until now. */
export function refuseUnverifiedOnRoot(fastify: FastifyInstance): void {
  const root = findRoot(fastify)
  if (guarded.has(root)) return
  guarded.add(root)
  root.addHook('preValidation', refuseUnverifiedWebhook)
}

/** An instance inherits from its parent. */
function findRoot(fastify: FastifyInstance): FastifyInstance {
  const parent: FastifyInstance | null = Object.getPrototypeOf(fastify)
  return parent && 'addHook' in parent ? findRoot(parent) : fastify
}

const refuseUnverified: preParsingHookHandler = (request, _reply, _payload, next) => {
  requireVerified(request)
  next()
}

const refuseUnverifiedWebhook: preValidationHookHandler = (request, _reply, next) => {
  if (isWebhookRoute(request.routeOptions.config)) requireVerified(request)
  next()
}

/** @throws WebhookConfigurationError if the request was not verified */
function requireVerified(request: FastifyRequest): void {
  // Nobody needs the body of an unverified request.
  if (!findAcceptance(request)) void drainRequest(request.raw)
  requireAcceptance(request)
}

/** A wrong value must not leave the route open to unverified requests. */
function isWebhookRoute(config: object | undefined): boolean {
  return config !== undefined && 'webhook' in config
}
