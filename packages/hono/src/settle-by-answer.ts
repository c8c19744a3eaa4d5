import type { WebhookEvent, WebhookHandlerError } from '@countersign/core'
import { type AcceptedDelivery, handlerFailedError } from '@countersign/core/adapter'
import type { Context, MiddlewareHandler, Next } from 'hono'
import { type RouteEnd, runRoute } from './run-route.js'
import { toResponse } from './to-response.js'

/**
 * Runs the route and settles the claim with its answer, before that leaves the middleware. If the answer contradicts the settled
 * claim, for example on the last attempt before the sender disables the endpoint, the core's answer replaces it in the context.
 */
export async function settleByAnswer<TEvent extends WebhookEvent>(
  c: Context,
  next: Next,
  { settle, isLastAttempt }: AcceptedDelivery<TEvent>,
  middleware: MiddlewareHandler,
): Promise<undefined> {
  if (c.finalized) {
    // For example by a timeout middleware outside this one.
    await settle({ ok: false, error: handlerFailedError('The answer was sent before the route ran.') })
    return
  }
  const route = await runRoute(c, next, middleware)
  const failure = findFailure(route)
  const { response } = await settle(
    failure
      ? { ok: false, error: failure, status: route.finalized ? route.res.status : undefined }
      : { ok: true },
  )
  const claimsSuccess = !route.thrown && route.finalized && route.res.ok
  const keepsAnswer = route.isAnswered || (claimsSuccess ? response.status < 300 : !isLastAttempt)
  if (!keepsAnswer) replaceAnswer(c, toResponse(response, c.req.raw))
  else if (route.thrown) throw route.thrown.error
}

/** A route that returns nothing leaves a response with status 200 in the context, but the sender gets a 500. */
function findFailure({ thrown, error, finalized, res }: RouteEnd): WebhookHandlerError | undefined {
  if (thrown) return handlerFailedError('The route threw.', { cause: thrown.error })
  if (error) return handlerFailedError('The route threw.', { cause: error })
  if (!finalized) return handlerFailedError('The route returned no answer.')
  return res.ok ? undefined : handlerFailedError(`The route answered ${res.status}.`)
}

/** Hono merges the headers of an old answer into the new one, unless the old one is removed first. */
function replaceAnswer(c: Context, response: Response): void {
  c.res = undefined
  c.res = response
}
