// For authors of adapters; docs/adapters/write-an-adapter.md shows how to use it.
export type { EventOf } from '../options.js'
export { handlerFailedError } from '../outcomes/handler-failed-error.js'
export { type OwnAnswer, readResponse, statusOfResponse } from '../outcomes/read-response.js'
export { type SettledResult, settleByResponse, settleByResult } from '../outcomes/settle-by-result.js'
export type { MaybePromise } from '../promises/maybe-promise.js'
export { checkHandler, type HandlerPlace } from '../settings/check-handler.js'
export { runHandler } from '../steps/run-handler.js'
export type {
  Acceptance,
  AcceptedDelivery,
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
} from '../types.js'
