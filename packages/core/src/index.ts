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
  EventOf,
  FailureHook,
  FailureInfo,
  Hook,
  HookInfo,
  ReceiverHooks,
  ReceiverOptions,
  VerifyOptions,
} from './options.js'
export { type SettledResult, settleByResponse, settleByResult } from './outcomes/settle-by-result.js'
export type { MaybePromise } from './promises/maybe-promise.js'
export { createReceiver } from './receiver.js'
export { defineScheme } from './schemes/define-scheme.js'
export type { EventName } from './schemes/event-types.js'
export type {
  BasicProof,
  CustomProof,
  HmacAlgorithm,
  HmacProof,
  Identity,
  PairsForm,
  Proof,
  Scheme,
  SchemeDescriptor,
  SchemeOptions,
  SignatureEncoding,
  TimestampSource,
  TokenProof,
  Tolerance,
  UnknownEvent,
  UnknownEventName,
  ValueSource,
  WebhookEvent,
} from './schemes/scheme-descriptor.js'
export {
  findSigner,
  type ProvedContent,
  type RequestToSign,
  type SignRequest,
  type VerifierHeaders,
  type VerifierRequest,
  type VerifyRequest,
} from './schemes/verifier.js'
export type {
  BasicCredentials,
  LabelledSecret,
  ResolvedSecret,
  SecretInput,
  SecretResolver,
  SecretSet,
  SecretValue,
} from './secrets/secret-input.js'
export { checkHandler, type HandlerPlace } from './settings/check-handler.js'
export type { StandardSchemaV1 } from './standard-schema.js'
export { runHandler } from './steps/run-handler.js'
export type {
  ClaimRequest,
  ClaimResult,
  CompleteRequest,
  DedupeStore,
  FailRequest,
  OwnedKey,
  ReleaseRequest,
  ReleaseResult,
} from './stores/dedupe-store.js'
export type {
  DeliveryRecord,
  InspectableStore,
  ListOptions,
  RecordCounts,
  RecordState,
} from './stores/inspectable-store.js'
export type { TransactionalStore } from './stores/transactional-store.js'
export type {
  Acceptance,
  BodyBudget,
  BodyLimits,
  Delivery,
  DeliveryFields,
  Handler,
  HandlerEnd,
  HandlingFields,
  HeadersInput,
  Outcome,
  ReadBody,
  Receiver,
  VerifiedDelivery,
  WebhookRequest,
  WebhookResponse,
} from './types.js'
export { verify } from './verify.js'
