import { WebhookHandlerError } from './errors.js'
import { isSuccess } from './is-success.js'
import type { WebhookEvent } from './schemes/scheme.js'
import { runHandler } from './steps/run-handler.js'
import type { Acceptance, Handler, WebhookResponse } from './types.js'

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
  { delivery, settle, isLastAttempt }: Extract<Acceptance<TEvent>, { accepted: true }>,
  handler: Handler<TEvent>,
  statusOf: (result: unknown) => number | undefined,
): Promise<SettledResult> {
  const end = await runHandler(handler, delivery)
  const status = end.ok ? statusOf(end.result) : undefined
  if (status === undefined || !end.ok) return { own: undefined, response: (await settle(end)).response }
  const error = new WebhookHandlerError('ERR_WEBHOOK_HANDLER_FAILED', `The handler answered ${status}.`)
  const { response } = await settle(isSuccess(status) ? end : { ok: false, error, status })
  const stands = isSuccess(status) ? isSuccess(response.status) : !isLastAttempt
  return { own: stands ? end.result : undefined, response }
}
