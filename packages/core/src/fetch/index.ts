export { type AnswerOptions, answerRequest, type FetchContext } from './answer-request.js'
export { toResponse } from './to-response.js'
export { toWebhookRequest, type WebhookRequestOptions } from './to-webhook-request.js'
export { type FetchWebhook, type WebhookContext, type WebhookHandler, webhook } from './webhook.js'
