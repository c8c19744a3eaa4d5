export { type BasicSchemeOptions, basicScheme } from './basic-scheme.js'
export { type CustomSchemeOptions, customScheme } from './custom-scheme.js'
export { defineScheme } from './define-scheme.js'
export { type EmbeddableEvent, type EmbeddablePayload, embeddable } from './embeddable.js'
export type { EventName, OtherEvents } from './event-types.js'
export {
  type FingerprintingApiEvent,
  type FingerprintingApiEventName,
  type FingerprintingApiEventOf,
  type FingerprintingApiOptions,
  type FingerprintingApiVisit,
  fingerprintingApi,
} from './fingerprinting-api.js'
export { type GithubEvent, type GithubEventName, github } from './github.js'
export { type HmacSchemeOptions, hmacScheme } from './hmac-scheme.js'
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
} from './scheme-descriptor.js'
export {
  type ScratcherEvent,
  type ScratcherOptions,
  type ScratcherPayload,
  type ScratcherProof,
  scratcher,
} from './scratcher.js'
export { type ShopifyEvent, type ShopifyEventName, shopify } from './shopify.js'
export {
  type SlackEnvelope,
  type SlackEvent,
  type SlackEventName,
  type SlackUrlVerification,
  slack,
} from './slack.js'
export { type StandardWebhooksOptions, standardWebhooks } from './standard-webhooks.js'
export { type StripeEvent, type StripeEventName, stripe } from './stripe.js'
export { type TokenPlace, type TokenSchemeOptions, tokenScheme } from './token-scheme.js'
export {
  findSigner,
  type ProvedContent,
  type RequestToSign,
  type SignRequest,
  type VerifierHeaders,
  type VerifierRequest,
  type VerifyRequest,
} from './verifier.js'
export {
  type VisibuildEvent,
  type VisibuildPayload,
  type VisibuildStatusChange,
  type VisibuildTicket,
  type VisibuildTicketArchived,
  type VisibuildTicketCommentAdded,
  type VisibuildTicketCreated,
  type VisibuildTicketData,
  type VisibuildTicketStatusChanged,
  type VisibuildTicketUpdated,
  visibuild,
} from './visibuild.js'
export {
  type VisistoContact,
  type VisistoContactCreated,
  type VisistoEvent,
  type VisistoPayload,
  type VisistoRewardIssued,
  visisto,
} from './visisto.js'
