import {
  createReceiver,
  type ReceiverOptions,
  type Scheme,
  type StandardSchemaV1,
  type WebhookEvent,
} from '@countersign/core'
import type { FastifyRequest, HookHandlerDoneFunction, RequestPayload } from 'fastify'
import { acceptanceOf, isAcceptedBy } from './acceptances.js'
import { keepReceivers } from './keep-receivers.js'
import type { AnyReceiverOptions } from './request-types.js'
import { restoreRequest } from './skip-parsing.js'
import { type PreParsing, verifyRoute } from './verify-route.js'

/** Options of a route that verify its deliveries, to be spread into those of the route. */
export interface VerifiedRoute<
  TEvent extends WebhookEvent = WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = StandardSchemaV1 | undefined,
> {
  /** The options, for the plugin where there is one, and for the type of `request.webhook`. */
  config: { webhook: ReceiverOptions<TEvent, TSchema> & NamedTypes<TEvent, TSchema> }
  preParsing: RouteHook<[payload: RequestPayload, done: HookHandlerDoneFunction]>
  preValidation: RouteHook<[done: HookHandlerDoneFunction]>
}

/** By these `request.webhook` is narrowed. */
interface NamedTypes<TEvent extends WebhookEvent, TSchema> {
  readonly scheme: Scheme<TEvent>
  readonly schema: TSchema
}

/** A hook that leaves it to the route's own options which types its requests have. */
type RouteHook<TRest extends readonly unknown[]> = (request: object, reply: object, ...rest: TRest) => void

/** The receivers of routes that no plugin covers. */
const receiverOf = keepReceivers({})

/**
 * Makes a route a webhook's: refuses what is not authentic, answers repetitions, and hands a delivery on as `request.webhook`. The
 * route's own answer settles the claim before its last byte goes out: 2xx completes it, any other status, as after a throw, releases
 * it for the sender's next attempt. It needs no plugin; below the plugin `webhooks`, that verifies, with what all routes share.
 *
 * The hooks `preParsing` and `preValidation` are its own: put yours into `preHandler`, or after these in a list.
 *
 * @throws WebhookConfigurationError when an option is wrong, naming it and the fix
 *
 * @example
 * fastify.post('/webhooks/visibuild', { ...webhook({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }) },
 *   async (request, reply) => {
 *     const { event, payload } = request.webhook
 *     return reply.code(204).send()
 *   },
 * )
 */
export function webhook<
  TEvent extends WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = undefined,
>(options: ReceiverOptions<TEvent, TSchema>): VerifiedRoute<TEvent, TSchema> {
  checkOptions(options as AnyReceiverOptions)
  const config = { webhook: options as VerifiedRoute<TEvent, TSchema>['config']['webhook'] }
  const verify = verifyRoute(() => config as { webhook: AnyReceiverOptions }, receiverOf)
  const preParsing: PreParsing = (request, reply, payload, done) => {
    if (isAcceptedBy(request, options)) done()
    else verify(request, reply, payload, done)
  }
  const preValidation = (request: FastifyRequest, _reply: object, done: HookHandlerDoneFunction) => {
    acceptanceOf(request)
    restoreRequest(request)
    done()
  }
  return {
    config,
    preParsing: preParsing as VerifiedRoute['preParsing'],
    preValidation: preValidation as VerifiedRoute['preValidation'],
  }
}

/** As other adapters do, at once. The receiver itself is made later: a plugin may have more to say on it. */
function checkOptions({ store, ...options }: AnyReceiverOptions): void {
  // In the stand-in for a store, the name of the endpoint is not yet taken.
  const standIn = typeof store === 'object' && store !== null ? Object.create(store) : store
  createReceiver({
    ...options,
    ...(store === undefined ? {} : { store: standIn }),
    onWarning: () => undefined,
  })
}
