import { type ReceiverOptions, WebhookConfigurationError } from '@countersign/core'
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest, RegisterOptions } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { requireAcceptance } from './accepted-requests.js'
import { cacheReceiver } from './cache-receiver.js'
import { createVerifyHook } from './create-verify-hook.js'
import { prepareRoute } from './prepare-route.js'
import { refuseHttp2 } from './refuse-http2.js'
import { refuseUnverifiedOnRoot } from './refuse-unverified.js'
import { restoreBody } from './restore-body.js'

/** Options that belong to the sender of one route. */
const routeOptionNames = ['scheme', 'secret', 'endpoint', 'schema', 'events'] as const

/** Options that all webhook routes share, such as `store` and hooks. The options of a route override them. */
export type WebhooksOptions = Omit<ReceiverOptions, (typeof routeOptionNames)[number]>

const plugin: FastifyPluginAsync<WebhooksOptions> = async (fastify, options) => {
  checkInstance(fastify)
  refuseUnverifiedOnRoot(fastify)
  const findReceiver = cacheReceiver(checkOptions(options))

  fastify.decorateRequest('webhook', {
    getter(this: FastifyRequest) {
      return requireAcceptance(this).delivery
    },
  })

  fastify.addHook('onRoute', (route) => {
    if (findReceiver(route.config)) prepareRoute(route)
  })

  // If the route was declared before the plugin was loaded, the first delivery creates the receiver.
  fastify.addHook(
    'preParsing',
    createVerifyHook(({ routeOptions }) => routeOptions.config, findReceiver),
  )

  fastify.addHook('preValidation', (request, _reply, next) => {
    restoreBody(request)
    next()
  })
}

/**
 * Plugin for the options that webhook routes share. It receives webhooks on the routes with `config: { webhook: options }`: it
 * refuses requests that are not authentic, answers duplicates, and passes a delivery to the route as `request.webhook`. The route's
 * own answer settles the claim before its last byte is sent: 2xx completes the delivery; any other status, also after a throw,
 * releases it, and the sender retries. Other routes keep their parsers.
 *
 * Register it once, with `await` and before plugins that read bodies: then a wrong option throws when its route is declared.
 *
 * @throws WebhookConfigurationError if it is registered twice, on HTTP/2, or with options that belong to a route
 *
 * @example
 * ```ts
 * import { memoryStore } from '@countersign/core'
 * import { visibuild } from '@countersign/core/schemes'
 * import { webhooks } from '@countersign/fastify'
 * import fastify from 'fastify'
 *
 * const app = fastify()
 * await app.register(webhooks, { store: memoryStore() })
 *
 * app.post(
 *   '/webhooks/visibuild',
 *   { config: { webhook: { scheme: visibuild(), secret: process.env.VISIBUILD_SECRET } } },
 *   async (request, reply) => {
 *     const { event, payload } = request.webhook
 *     console.log(event, payload)
 *     return reply.code(204).send()
 *   },
 * )
 * ```
 */
export const webhooks: FastifyPluginAsync<WebhooksOptions> = fastifyPlugin(plugin, {
  name: '@countersign/fastify',
  fastify: '5.x',
})

function checkInstance(fastify: FastifyInstance): void {
  if (fastify.hasRequestDecorator('webhook')) {
    refuse(
      'request.webhook exists already: the plugin webhooks is registered on this instance or on a parent. ' +
        'Register it once, on an instance above all webhook routes; each route has its own options.',
    )
  }
  if ('http2' in fastify.initialConfig && fastify.initialConfig.http2) refuseHttp2()
}

function checkOptions(options: WebhooksOptions): WebhooksOptions {
  const misplaced = routeOptionNames.find((name) => name in options)
  if (misplaced)
    refuse(
      `The option ${misplaced} belongs to a route, not to the plugin webhooks: move it to config: { webhook: { ${misplaced}, ... } }.`,
    )
  // Options of Fastify's `register`, which it also passes to the plugin.
  const { prefix, logLevel, logSerializers, ...own } = options as WebhooksOptions & RegisterOptions
  return own
}

function refuse(message: string): never {
  throw new WebhookConfigurationError('ERR_WEBHOOK_OPTION_INVALID', message)
}
