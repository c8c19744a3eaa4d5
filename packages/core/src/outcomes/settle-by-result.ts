import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import { runHandler } from '../steps/run-handler.js'
import type { AcceptedDelivery, Handler, HandlerEnd, Outcome, WebhookResponse } from '../types.js'
import { handlerFailedError } from './handler-failed-error.js'
import { isSuccess } from './is-success.js'
import { type OwnAnswer, readResponse, statusOfResponse } from './read-response.js'

/** What an adapter must send after {@link settleByResult}. */
export interface SettledResult {
  /** The handler's own response, if it is the one to send; else undefined. */
  readonly own: unknown
  /** The response to send if `own` is undefined. */
  readonly response: WebhookResponse
}

/**
 * Runs a handler whose result may be the framework's own response, and settles the claim by the result. A 2xx response or any
 * result that is not a response completes the claim; another status or a throw releases it. The outcome's response replaces the
 * handler's own on the last attempt before the sender disables the endpoint, and if a transaction was not committed or deferred
 * work could not be acknowledged. For adapters where a route is one function. Never rejects.
 *
 * @param statusOf returns the status of a result that is a response, and undefined for any other result
 *
 * @example
 * export async function respond(receiver: Receiver, request: WebhookRequest, handler: Handler): Promise<unknown> {
 *   const acceptance = await receiver.accept(request)
 *   if (!acceptance.accepted) return acceptance.outcome.response
 *   const { own, response } = await settleByResult(acceptance, handler, statusOfResponse)
 *   return own ?? response
 * }
 */
export async function settleByResult<TEvent extends WebhookEvent>(
  acceptance: AcceptedDelivery<TEvent>,
  handler: Handler<TEvent>,
  statusOf: (result: unknown) => number | undefined,
): Promise<SettledResult> {
  const end = await runHandler(handler, acceptance.delivery)
  const status = end.ok ? statusOf(end.result) : undefined
  const { outcome, sendsOwn } = await settleByStatus(acceptance, end, status)
  return { own: sendsOwn && end.ok ? end.result : undefined, response: outcome.response }
}

/**
 * Runs a handler that may return a web `Response`, and settles the claim by it, as {@link settleByResult} does. The `Response` is read
 * and becomes the outcome's `response`; one that cannot be read counts as a throw. For adapters that write the response themselves.
 * Never rejects.
 *
 * @example
 * export async function respond(receiver: Receiver, request: WebhookRequest, handler: Handler): Promise<Outcome> {
 *   const acceptance = await receiver.accept(request)
 *   return acceptance.accepted ? settleByResponse(acceptance, handler) : acceptance.outcome
 * }
 */
export async function settleByResponse<TEvent extends WebhookEvent>(
  acceptance: AcceptedDelivery<TEvent>,
  handler: Handler<TEvent>,
): Promise<Outcome<TEvent>> {
  let own: OwnAnswer | undefined
  const answer: Handler<TEvent> = async (delivery) => {
    const result = await handler(delivery)
    if (statusOfResponse(result) !== undefined) own = await readResponse(result as Response)
    return result
  }
  const end = await runHandler(answer, acceptance.delivery)
  const { outcome, sendsOwn } = await settleByStatus(acceptance, end, own?.status)
  return own && sendsOwn ? { ...outcome, response: { ...own, bodyUnread: false } } : outcome
}

/**
 * @param status of the handler's own response, if there is one
 * @returns the outcome, and whether to send the handler's own response
 */
async function settleByStatus<TEvent extends WebhookEvent>(
  { settle, isLastAttempt }: AcceptedDelivery<TEvent>,
  end: HandlerEnd,
  status: number | undefined,
): Promise<{ readonly outcome: Outcome<TEvent>; readonly sendsOwn: boolean }> {
  if (!end.ok || status === undefined) return { outcome: await settle(end), sendsOwn: false }
  if (isSuccess(status)) {
    const outcome = await settle(end)
    return { outcome, sendsOwn: isSuccess(outcome.response.status) }
  }
  const error = handlerFailedError(`The handler answered ${status}.`)
  return { outcome: await settle({ ok: false, error, status }), sendsOwn: !isLastAttempt }
}
