import type { ServerResponse } from 'node:http'
import { isSuccess } from '../is-success.js'
import type { WebhookEvent } from '../schemes/scheme.js'
import type { Acceptance } from '../types.js'
import { replaceFailure } from './replace-failure.js'
import { settleBeforeEnd } from './settle-before-end.js'

/**
 * Hands a claim over to the answer that the user's own code will give: 2xx completes it, any other status releases it,
 * both before the answer's last byte goes out. On the last attempt before the sender would switch the endpoint off,
 * a failure is answered as the core says.
 *
 * @returns false when an answer has begun already, as a middleware for timeouts gives one: then the claim is released, and the
 * user's code must not run
 */
export function settleByAnswer<TEvent extends WebhookEvent>(
  response: ServerResponse,
  { settle, isLastAttempt }: Extract<Acceptance<TEvent>, { accepted: true }>,
): boolean {
  if (response.headersSent) {
    void settle({ ok: false, error: new Error('The answer was sent before the route ran.') })
    return false
  }
  const settleFor = (status: number) =>
    settle(
      isSuccess(status) ? { ok: true } : { ok: false, error: new Error(`The route answered ${status}.`) },
    )
  settleBeforeEnd(response, settleFor)
  if (isLastAttempt) replaceFailure(response, async (status) => (await settleFor(status)).response)
  return true
}
