export { answerRequest } from './answer-request.js'
export { toResponse } from './to-response.js'
export { toWebhookRequest } from './to-webhook-request.js'
export type {
  AnswerOptions,
  FetchContext,
  FetchWebhook,
  WebhookContext,
  WebhookHandler,
  WebhookRequestOptions,
} from './types.js'
export { webhook } from './webhook.js'
