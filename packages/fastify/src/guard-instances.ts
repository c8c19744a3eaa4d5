import { subscribe } from 'node:diagnostics_channel'
import { drainRequest } from '@countersign/core/node'
import type {
  FastifyInstance,
  FastifyRequest,
  preParsingHookHandler,
  preValidationHookHandler,
} from 'fastify'
import { acceptanceOf, findAcceptance } from './acceptances.js'
import { prepareRoute } from './prepare-route.js'

const guarded = new WeakSet<FastifyInstance>()

/**
 * Closes the routes with `config.webhook` that no plugin verifies, as where it is missing or registered in another context. Fastify
 * tells of each instance when it is created, and the hook that is added then sees every route, below any prefix and in any context.
 */
export function guardInstances(): void {
  subscribe('fastify.initialization', (message) => {
    const { fastify } = message as { readonly fastify: FastifyInstance }
    guarded.add(fastify)
    fastify.addHook('onRoute', (route) => {
      if (!isWebhook(route.config)) return
      prepareRoute(route)
      // Last, when all that could verify has. In place of the list, which a route for HEAD shares.
      route.preParsing = [...[route.preParsing ?? []].flat(), requireAcceptance]
    })
  })
}

/** The same for an instance that was created before this package was loaded. Routes that were declared meanwhile are seen, too. */
export function guardRootOf(fastify: FastifyInstance): void {
  const root = rootOf(fastify)
  if (guarded.has(root)) return
  guarded.add(root)
  root.addHook('preValidation', requireAcceptanceOfWebhook)
}

/** An instance inherits from the one above it. */
function rootOf(fastify: FastifyInstance): FastifyInstance {
  const above: FastifyInstance | null = Object.getPrototypeOf(fastify)
  return above && 'addHook' in above ? rootOf(above) : fastify
}

const requireAcceptance: preParsingHookHandler = (request, _reply, _payload, next) => {
  requireVerified(request)
  next()
}

const requireAcceptanceOfWebhook: preValidationHookHandler = (request, _reply, next) => {
  if (isWebhook(request.routeOptions.config)) requireVerified(request)
  next()
}

/** @throws WebhookConfigurationError where the request was not verified */
function requireVerified(request: FastifyRequest): void {
  // The body of what nobody has verified is of no use.
  if (!findAcceptance(request)) void drainRequest(request.raw)
  acceptanceOf(request)
}

/** Nothing that stands there may leave the route open. */
function isWebhook(config: object | undefined): boolean {
  return config !== undefined && 'webhook' in config
}
