import { type ReceiverOptions, WebhookConfigurationError } from '@countersign/core'
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest, RegisterOptions } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { acceptanceOf } from './acceptances.js'
import { guardRootOf } from './guard-instances.js'
import { keepReceivers } from './keep-receivers.js'
import { prepareRoute } from './prepare-route.js'
import { refuseHttp2 } from './refuse-http2.js'
import { restoreRequest } from './skip-parsing.js'
import { verifyRoute } from './verify-route.js'

/** What makes a route one sender's. */
const namesOfRoute = ['scheme', 'secret', 'endpoint', 'schema', 'events'] as const

/** Options that all webhook routes share, as `store` and hooks. A route's own win. */
export type WebhooksOptions = Omit<ReceiverOptions, (typeof namesOfRoute)[number]>

const plugin: FastifyPluginAsync<WebhooksOptions> = async (fastify, options) => {
  checkInstance(fastify)
  guardRootOf(fastify)
  const receiverOf = keepReceivers(checkOptions(options))

  fastify.decorateRequest('webhook', {
    getter(this: FastifyRequest) {
      return acceptanceOf(this).delivery
    },
  })

  fastify.addHook('onRoute', (route) => {
    if (receiverOf(route.config)) prepareRoute(route)
  })

  // The first delivery makes the receiver where the route was declared before the plugin was loaded.
  fastify.addHook(
    'preParsing',
    verifyRoute(({ routeOptions }) => routeOptions.config, receiverOf),
  )

  fastify.addHook('preValidation', (request, _reply, next) => {
    restoreRequest(request)
    next()
  })
}

/**
 * Receives webhooks on the routes that have `config: { webhook: options }`: refuses what is not authentic, answers repetitions, and hands
 * a delivery on as `request.webhook`. The route's own answer settles the claim before its last byte goes out: 2xx completes it, any other
 * status, as after a throw, releases it for the sender's next attempt. Other routes keep their parsers.
 *
 * Register it once, with `await` and before what reads bodies: then a wrong option throws when its route is declared.
 *
 * @throws WebhookConfigurationError when it is registered twice, on HTTP/2, or with options that belong to a route
 *
 * @example
 * await fastify.register(webhooks, { store })
 * fastify.post('/webhooks/visibuild', { config: { webhook: { scheme: visibuild(), secret: process.env.VISIBUILD_SECRET } } },
 *   async (request, reply) => {
 *     const { event, payload } = request.webhook
 *     return reply.code(204).send()
 *   },
 * )
 */
export const webhooks: FastifyPluginAsync<WebhooksOptions> = fastifyPlugin(plugin, {
  name: '@countersign/fastify',
  fastify: '5.x',
})

function checkInstance(fastify: FastifyInstance): void {
  if (fastify.hasRequestDecorator('webhook')) {
    refuse(
      'request.webhook is taken: the plugin webhooks is registered already, on this instance or on one above. ' +
        'Register it once, where all webhook routes are below it; routes have options of their own.',
    )
  }
  if ('http2' in fastify.initialConfig && fastify.initialConfig.http2) refuseHttp2()
}

function checkOptions(options: WebhooksOptions): WebhooksOptions {
  const misplaced = namesOfRoute.find((name) => name in options)
  if (misplaced)
    refuse(
      `${misplaced} belongs to a route, as in config: { webhook: { ${misplaced}, ... } }, not to the plugin webhooks.`,
    )
  // Of Fastify's `register`, which passes them on to the plugin.
  const { prefix, logLevel, logSerializers, ...own } = options as WebhooksOptions & RegisterOptions
  return own
}

function refuse(message: string): never {
  throw new WebhookConfigurationError('ERR_WEBHOOK_OPTION_INVALID', message)
}
