import type { Delivery, ReceiverOptions, Scheme, StandardSchemaV1, WebhookEvent } from '@countersign/core'
import type { EventOf } from '@countersign/core/adapter'
import type {
  FastifyBaseLogger,
  FastifyReply,
  FastifyRequest,
  FastifySchema,
  FastifyTypeProvider,
  HookHandlerDoneFunction,
  RawRequestDefaultExpression,
  RawServerBase,
  RequestPayload,
  RouteGenericInterface,
} from 'fastify'
import type { FastifyRequestType } from 'fastify/types/type-provider.js'

/** The options of a webhook route, for any events. */
export type AnyReceiverOptions = ReceiverOptions<WebhookEvent, StandardSchemaV1 | undefined>

/** The type of `request.webhook` on a route with this `config`: the events of its scheme, or the output of its schema. */
export type DeliveryOfConfig<Config> = Config extends {
  readonly webhook: { readonly scheme: Scheme<infer TEvent> } & infer Options
}
  ? Delivery<EventOf<TEvent, Options extends { readonly schema: infer TSchema } ? TSchema : undefined>>
  : Delivery

/** Route options that verify deliveries. Spread them into the options of the route. */
export interface VerifiedRoute<
  TEvent extends WebhookEvent = WebhookEvent,
  TSchema extends StandardSchemaV1 | undefined = StandardSchemaV1 | undefined,
> {
  /** The options, for the plugin `webhooks` if it is registered, and for the type of `request.webhook`. */
  config: { webhook: ReceiverOptions<TEvent, TSchema> & NamedTypes<TEvent, TSchema> }
  preParsing: RouteHook<[payload: RequestPayload, done: HookHandlerDoneFunction]>
  preValidation: RouteHook<[done: HookHandlerDoneFunction]>
}

/** These narrow `request.webhook`. */
interface NamedTypes<TEvent extends WebhookEvent, TSchema> {
  readonly scheme: Scheme<TEvent>
  readonly schema: TSchema
}

/** A hook that does not fix the types of the route's requests. */
type RouteHook<TRest extends readonly unknown[]> = (request: object, reply: object, ...rest: TRest) => void

/** A complete route, for `fastify.post(url, route)` or spread into the options of `fastify.route`. */
export interface WebhookRoute extends VerifiedRoute {
  handler: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>
}

/** What a handler gets beside the delivery. Countersign sends the reply: a handler must not. */
export interface WebhookContext {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/**
 * Handles one delivery. If it returns, or its promise resolves, the delivery is complete; if it throws, the sender retries.
 * A web `Response` that it returns, such as `Response.json({ challenge })`, is the answer, and its status decides: 2xx completes
 * the delivery, any other status makes the sender retry. It is read completely first: up to 1 MiB, within 5 seconds. Any other
 * return value is ignored.
 */
export type WebhookHandler<TEvent extends WebhookEvent = WebhookEvent> = (
  delivery: Delivery<TEvent>,
  context: WebhookContext,
) => unknown

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Makes the route receive webhooks: the options of `createReceiver`. Needs the plugin `webhooks`. */
    webhook?: AnyReceiverOptions
  }

  interface FastifyRequest<
    RouteGeneric extends RouteGenericInterface,
    RawServer extends RawServerBase,
    RawRequest extends RawRequestDefaultExpression<RawServer>,
    SchemaCompiler extends FastifySchema,
    TypeProvider extends FastifyTypeProvider,
    ContextConfig,
    Logger extends FastifyBaseLogger,
    RequestType extends FastifyRequestType,
  > {
    /**
     * The verified delivery. Available from the hook `preValidation` on.
     *
     * @throws WebhookConfigurationError if there is none: outside a webhook route, or before it is verified
     */
    readonly webhook: DeliveryOfConfig<ContextConfig>
  }
}
