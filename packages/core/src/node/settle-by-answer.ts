import type { ServerResponse } from 'node:http'
import { handlerFailedError } from '../outcomes/handler-failed-error.js'
import { isSuccess } from '../outcomes/is-success.js'
import { isPromise } from '../promises/maybe-promise.js'
import type { WebhookEvent } from '../schemes/scheme-descriptor.js'
import type { AcceptedDelivery, Outcome } from '../types.js'
import { deferSocketDestroy } from './answer/defer-socket-destroy.js'
import { isHeadSent } from './answer/is-head-sent.js'
import { replaceAnswer } from './answer/replace-answer.js'
import { settleBeforeEnd } from './answer/settle-before-end.js'

/**
 * Settles a claim with the answer that the user's own code writes: 2xx completes it, any other status releases it, both before the
 * answer's last byte is sent. An answer that the route destroys releases it. Countersign answers instead of the route in two cases:
 * after a failure on the last attempt before the sender disables the endpoint, and after a success whose completion was rolled
 * back or whose deferred work could not be acked.
 *
 * @returns false if an answer has begun already, for example from a timeout middleware: the claim is released, and the user's
 * code must not run
 *
 * @example
 * ```ts
 * export async function respond(receiver: Receiver, { request, response }: WebhookContext): Promise<void> {
 *   const acceptance = await receiver.accept(toWebhookRequest(request))
 *   if (!acceptance.accepted) writeResponse(request, response, acceptance.outcome.response)
 *   else if (settleByAnswer(response, acceptance)) response.writeHead(204).end()
 * }
 * ```
 */
export function settleByAnswer<TEvent extends WebhookEvent>(
  response: ServerResponse,
  { settle, isLastAttempt, isCompletionDeferred }: AcceptedDelivery<TEvent>,
): boolean {
  if (isHeadSent(response)) {
    void settle({ ok: false, error: handlerFailedError('The answer was sent before the route ran.') })
    return false
  }
  const settleFor = (status: number) =>
    settle(
      isSuccess(status)
        ? { ok: true }
        : { ok: false, error: handlerFailedError(`The route answered ${status}.`), status },
    )
  const connection = deferSocketDestroy(response, (cause) => {
    const error = handlerFailedError('The route destroyed its answer.', { cause })
    Promise.resolve(settle({ ok: false, error }))
      .then(({ response: answer }) => {
        if (isSuccess(answer.status) && !isHeadSent(response)) replace(answer)
        else connection.destroy(cause)
      })
      .catch(() => connection.destroy(cause))
  })
  const isRight = (status: number, outcome: Outcome) =>
    isSuccess(outcome.response.status) || !isSuccess(status)
  settleBeforeEnd(
    response,
    (status) => {
      const settling = settleFor(status)
      return isPromise(settling)
        ? settling.then((outcome) => isRight(status, outcome))
        : isRight(status, settling)
    },
    connection,
  )
  const replacement = {
    mustWait: (status: number) => (isSuccess(status) ? isCompletionDeferred() : isLastAttempt),
    findReplacement: async (status: number) => {
      const { response: answer } = await settleFor(status)
      return isSuccess(status) && isSuccess(answer.status) ? undefined : answer
    },
  }
  const replace = replaceAnswer(response, replacement, connection)
  return true
}
