export {
  type ConfigurationErrorCode,
  DedupeStoreError,
  type HandlerErrorCode,
  isWebhookError,
  type SecretErrorCode,
  type StoreErrorCode,
  type VerificationErrorCode,
  WebhookConfigurationError,
  WebhookError,
  type WebhookErrorCode,
  WebhookHandlerError,
  WebhookPermanentError,
  WebhookSecretError,
  WebhookVerificationError,
} from './errors.js'
export type { Logger } from './log/logger.js'
export { type MemoryStore, type MemoryStoreOptions, memoryStore } from './memory-store/memory-store.js'
export type {
  Clock,
  FailureHook,
  FailureInfo,
  Hook,
  HookInfo,
  ReceiverHooks,
  ReceiverOptions,
  VerifyOptions,
} from './options.js'
export { createReceiver } from './receiver.js'
export { defineScheme } from './schemes/define-scheme.js'
export type { EventName } from './schemes/event-types.js'
export type { Scheme, SchemeDescriptor, Tolerance, WebhookEvent } from './schemes/scheme-descriptor.js'
export type {
  BasicCredentials,
  LabelledSecret,
  ResolvedSecret,
  SecretInput,
  SecretResolver,
  SecretSet,
  SecretValue,
} from './secrets/secret-input.js'
export type { StandardSchemaV1 } from './standard-schema.js'
export type { DedupeStore } from './stores/dedupe-store.js'
export type { DeliveryRecord } from './stores/inspectable-store.js'
export type {
  Delivery,
  Handler,
  Outcome,
  Receiver,
  VerifiedDelivery,
  WebhookRequest,
  WebhookResponse,
} from './types.js'
export { verify } from './verify.js'
