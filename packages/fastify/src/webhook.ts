import {
  createReceiver,
  type ReceiverOptions,
  type StandardSchemaV1,
  type WebhookEvent,
} from '@countersign/core'
import type { FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import { isAcceptedBy, requireAcceptance } from './accepted-requests.js'
import { cacheReceiver } from './cache-receiver.js'
import { createVerifyHook, type PreParsing } from './create-verify-hook.js'
import { restoreBody } from './restore-body.js'
import type { AnyReceiverOptions, VerifiedRoute } from './types.js'

/** The receivers of routes without a plugin. */
const findReceiver = cacheReceiver({})

/**
 * Creates route options for a webhook: they refuse requests that are not authentic, answer duplicates, and pass a delivery to the
 * route as `request.webhook`. The route's own answer settles the claim before its last byte is sent: 2xx completes the delivery; any
 * other status, also after a throw, releases it, and the sender retries. No plugin is needed; if the plugin `webhooks` is
 * registered, it verifies instead, with the options that all routes share.
 *
 * The hooks `preParsing` and `preValidation` are taken: put yours into `preHandler`, or after these in a list.
 *
 * @throws WebhookConfigurationError if an option is wrong; the message names the option and the fix
 *
 * @example
 * ```ts
 * import { visibuild } from '@countersign/core/schemes'
 * import { webhook } from '@countersign/fastify'
 * import fastify from 'fastify'
 *
 * const app = fastify()
 * app.post(
 *   '/webhooks/visibuild',
 *   { ...webhook({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }) },
 *   async (request, reply) => {
 *     const { event, payload } = request.webhook
 *     console.log(event, payload)
 *     return reply.code(204).send()
 *   },
 * )
 * ```
 */
export function webhook<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
>(options: ReceiverOptions<TEvent, TSchema>): VerifiedRoute<TEvent, TSchema> {
  checkOptions(options as AnyReceiverOptions)
  const config = { webhook: options as VerifiedRoute<TEvent, TSchema>['config']['webhook'] }
  const verify = createVerifyHook(() => config as { webhook: AnyReceiverOptions }, findReceiver)
  const preParsing: PreParsing = (request, reply, payload, done) => {
    if (isAcceptedBy(request, options)) done()
    else verify(request, reply, payload, done)
  }
  const preValidation = (request: FastifyRequest, _reply: object, done: HookHandlerDoneFunction) => {
    requireAcceptance(request)
    restoreBody(request)
    done()
  }
  return {
    config,
    preParsing: preParsing as VerifiedRoute['preParsing'],
    preValidation: preValidation as VerifiedRoute['preValidation'],
  }
}

/** Checks the options at once, as other adapters do. The receiver itself is created later, because a plugin may add options. */
function checkOptions({ store, ...options }: AnyReceiverOptions): void {
  // A copy of the store, so that the endpoint's name is not registered twice.
  const copy = typeof store === 'object' && store !== null ? Object.create(store) : store
  createReceiver({
    ...options,
    ...(store === undefined ? {} : { store: copy }),
    onWarning: () => undefined,
  })
}
