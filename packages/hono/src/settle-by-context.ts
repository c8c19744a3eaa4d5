import { type Acceptance, type WebhookEvent, WebhookHandlerError } from '@countersign/core'
import { toResponse } from '@countersign/core/fetch'
import type { Context, Next } from 'hono'
import { type RouteEnd, runRoute } from './run-route.js'

/**
 * Runs the route and settles the claim by the route's own result, before the answer leaves the middleware. Where the route's answer
 * contradicts what became of the claim, as on the last attempt before the sender would switch the endpoint off, the core's answer
 * replaces it.
 *
 * @returns nothing where the route's own answer is sent
 */
export async function settleByContext<TEvent extends WebhookEvent>(
  c: Context,
  next: Next,
  { settle, isLastAttempt }: Extract<Acceptance<TEvent>, { accepted: true }>,
): Promise<undefined> {
  if (c.finalized) {
    // As by a timeout that was mounted outside.
    await settle({ ok: false, error: failed('The answer was given before the route ran.') })
    return
  }
  const route = await runRoute(c, next)
  const failure = failureOf(route)
  const { response } = await settle(
    failure
      ? { ok: false, error: failure, status: route.finalized ? route.res.status : undefined }
      : { ok: true },
  )
  const saysOk = !route.thrown && route.finalized && route.res.ok
  const stands = route.isAnswered || (saysOk ? response.status < 300 : !isLastAttempt)
  if (!stands) replaceAnswer(c, toResponse(response, c.req.raw))
  else if (route.thrown) throw route.thrown.error
}

/** A route that gives nothing leaves a response of status 200 behind, while its sender gets a 500. */
function failureOf({ thrown, error, finalized, res }: RouteEnd): WebhookHandlerError | undefined {
  if (thrown) return failed('The route threw.', { cause: thrown.error })
  if (error) return failed('The route threw.', { cause: error })
  if (!finalized) return failed('The route gave no answer.')
  return res.ok ? undefined : failed(`The route answered ${res.status}.`)
}

function failed(message: string, options?: { readonly cause: unknown }): WebhookHandlerError {
  return new WebhookHandlerError('ERR_WEBHOOK_HANDLER_FAILED', message, options)
}

/** Hono merges the headers of an answer into the one that follows it, unless there is none between. */
function replaceAnswer(c: Context, response: Response): void {
  c.res = undefined
  c.res = response
}
