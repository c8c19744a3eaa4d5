import type { ServerResponse } from 'node:http'
import { WebhookHandlerError } from '../errors.js'
import { isSuccess } from '../outcomes/is-success.js'
import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import type { Acceptance } from '../types.js'
import { isHeadSent } from './is-head-sent.js'
import { keepConnection } from './keep-connection.js'
import { replaceAnswer } from './replace-answer.js'
import { settleBeforeEnd } from './settle-before-end.js'

/**
 * Hands a claim over to the answer that the user's own code will give: 2xx completes it, any other status releases it,
 * both before the answer's last byte goes out. An answer that the route destroys releases it. The core answers instead where the claim's end says otherwise: a
 * failure on the last attempt before the sender would switch the endpoint off, a success whose completion was rolled back or whose
 * deferred work could not be acked.
 *
 * @returns false when an answer has begun already, as a middleware for timeouts gives one: then the claim is released, and the
 * user's code must not run
 */
export function settleByAnswer<TEvent extends WebhookEvent>(
  response: ServerResponse,
  { settle, isLastAttempt, isCompletionDeferred }: Extract<Acceptance<TEvent>, { accepted: true }>,
): boolean {
  if (isHeadSent(response)) {
    void settle({ ok: false, error: failed('The answer was sent before the route ran.') })
    return false
  }
  const settleFor = (status: number) =>
    settle(
      isSuccess(status)
        ? { ok: true }
        : { ok: false, error: failed(`The route answered ${status}.`), status },
    )
  const connection = keepConnection(response, (cause) => {
    settle({ ok: false, error: failed('The route destroyed its answer.', { cause }) })
      .then(({ response: answer }) => {
        if (isSuccess(answer.status) && !isHeadSent(response)) replace(answer)
        else connection.cut(cause)
      })
      .catch(() => connection.cut(cause))
  })
  settleBeforeEnd(
    response,
    async (status) => {
      const outcome = await settleFor(status)
      return isSuccess(outcome.response.status) || !isSuccess(status)
    },
    connection,
  )
  const replacement = {
    waits: (status: number) => (isSuccess(status) ? isCompletionDeferred() : isLastAttempt),
    answerTo: async (status: number) => {
      const { response: answer } = await settleFor(status)
      return isSuccess(status) && isSuccess(answer.status) ? undefined : answer
    },
  }
  const replace = replaceAnswer(response, replacement, connection)
  return true
}

function failed(message: string, options?: { readonly cause: unknown }): WebhookHandlerError {
  return new WebhookHandlerError('ERR_WEBHOOK_HANDLER_FAILED', message, options)
}
