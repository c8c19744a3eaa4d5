export { checkHandler, type HandlerPlace } from './check-handler.js'
export type {
  ClaimRequest,
  ClaimResult,
  CompleteRequest,
  DedupeStore,
  FailRequest,
  MaybePromise,
  OwnedKey,
  ReleaseRequest,
  ReleaseResult,
} from './dedupe/dedupe-store.js'
export type {
  DeliveryRecord,
  InspectableStore,
  ListOptions,
  RecordCounts,
  RecordState,
} from './dedupe/inspectable-store.js'
export { type MemoryStore, type MemoryStoreOptions, memoryStore } from './dedupe/memory-store.js'
export type { TransactionalStore } from './dedupe/transactional-store.js'
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
export { createReceiver } from './receiver.js'
export type { EventName } from './schemes/event-types.js'
export {
  type BasicProof,
  type CustomProof,
  defineScheme,
  type HmacAlgorithm,
  type HmacProof,
  type Identity,
  type PairsForm,
  type Proof,
  type Scheme,
  type SchemeDescriptor,
  type SchemeOptions,
  type SignatureEncoding,
  type TimestampSource,
  type TokenProof,
  type Tolerance,
  type UnknownEvent,
  type UnknownEventName,
  type ValueSource,
  type WebhookEvent,
} from './schemes/scheme.js'
export {
  type ProvedContent,
  type RequestToSign,
  type SignRequest,
  signerOf,
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
export { type SettledResult, settleByResponse, settleByResult } from './settle-by-result.js'
export type { StandardSchemaV1 } from './standard-schema.js'
export { runHandler } from './steps/run-handler.js'
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
