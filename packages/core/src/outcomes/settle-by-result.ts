import { WebhookHandlerError } from '../errors.js'
import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import { runHandler } from '../steps/run-handler.js'
import type { Acceptance, Handler, HandlerEnd, Outcome, WebhookResponse } from '../types.js'
import { isSuccess } from './is-success.js'
import { type OwnAnswer, readResponse, statusOfResponse } from './read-response.js'

type Accepted<TEvent extends WebhookEvent> = Extract<Acceptance<TEvent>, { accepted: true }>

/** What a handler of an adapter's gave. */
export interface SettledResult {
  /** The handler's own answer, where it is the one to send. */
  readonly own: unknown
  /** What to answer where there is none. */
  readonly response: WebhookResponse
}

/**
 * Runs the user's code, whose result may be an answer of its own, and settles the claim by how it ended: an answer that is 2xx and any
 * other result complete it, an answer of another status and a throw release it. An answer gives way where the claim's end says
 * otherwise: on the last attempt before the sender would switch the endpoint off, or where what was promised did not come true.
 * For adapters where a route is one function. Never rejects.
 *
 * @param statusOf the status of a result that is an answer, undefined for any other result
 */
export async function settleByResult<TEvent extends WebhookEvent>(
  acceptance: Accepted<TEvent>,
  handler: Handler<TEvent>,
  statusOf: (result: unknown) => number | undefined,
): Promise<SettledResult> {
  const end = await runHandler(handler, acceptance.delivery)
  const status = end.ok ? statusOf(end.result) : undefined
  const { outcome, stands } = await settleByStatus(acceptance, end, status)
  return { own: stands && end.ok ? end.result : undefined, response: outcome.response }
}

/**
 * The same for adapters that write the answer themselves, whose handler may return a web `Response`: that is read whole, and stands in the
 * outcome's `response`. One that cannot be read counts as a throw. Never rejects.
 */
export async function settleByResponse<TEvent extends WebhookEvent>(
  acceptance: Accepted<TEvent>,
  handler: Handler<TEvent>,
): Promise<Outcome<TEvent>> {
  let own: OwnAnswer | undefined
  const answer: Handler<TEvent> = async (delivery) => {
    const result = await handler(delivery)
    if (statusOfResponse(result) !== undefined) own = await readResponse(result as Response)
    return result
  }
  const end = await runHandler(answer, acceptance.delivery)
  const { outcome, stands } = await settleByStatus(acceptance, end, own?.status)
  return own && stands ? { ...outcome, response: { ...own, bodyUnread: false } } : outcome
}

/** @param status of the handler's own answer, where it gave one. @returns whether that is the one to send */
async function settleByStatus<TEvent extends WebhookEvent>(
  { settle, isLastAttempt }: Accepted<TEvent>,
  end: HandlerEnd,
  status: number | undefined,
): Promise<{ readonly outcome: Outcome<TEvent>; readonly stands: boolean }> {
  if (!end.ok || status === undefined) return { outcome: await settle(end), stands: false }
  if (isSuccess(status)) {
    const outcome = await settle(end)
    return { outcome, stands: isSuccess(outcome.response.status) }
  }
  const error = new WebhookHandlerError('ERR_WEBHOOK_HANDLER_FAILED', `The handler answered ${status}.`)
  return { outcome: await settle({ ok: false, error, status }), stands: !isLastAttempt }
}
