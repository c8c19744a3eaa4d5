import type {
  Delivery,
  EventOf,
  ReceiverOptions,
  Scheme,
  StandardSchemaV1,
  WebhookEvent,
} from '@countersign/core'
import type {
  FastifyBaseLogger,
  FastifySchema,
  FastifyTypeProvider,
  RawRequestDefaultExpression,
  RawServerBase,
  RouteGenericInterface,
} from 'fastify'
import type { FastifyRequestType } from 'fastify/types/type-provider.js'

/** The options of a webhook's route, whatever its events. */
export type AnyReceiverOptions = ReceiverOptions<WebhookEvent, StandardSchemaV1 | undefined>

/** What `request.webhook` is on a route with this `config`: narrowed to the events of its scheme, or to the output of its schema. */
export type DeliveryOfConfig<Config> = Config extends {
  readonly webhook: { readonly scheme: Scheme<infer TEvent> } & infer Options
}
  ? Delivery<EventOf<TEvent, Options extends { readonly schema: infer TSchema } ? TSchema : undefined>>
  : Delivery

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Makes the route a webhook's: the options of `createReceiver`. Needs the plugin `webhooks`. */
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
     * The verified delivery, from the hook `preValidation` on.
     *
     * @throws WebhookConfigurationError where there is none: outside a webhook's route, or before its verification
     */
    readonly webhook: DeliveryOfConfig<ContextConfig>
  }
}
