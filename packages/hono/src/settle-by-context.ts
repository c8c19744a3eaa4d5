import type { Acceptance, WebhookEvent } from '@countersign/core'
import { toResponse } from '@countersign/core/fetch'
import type { Context, Next } from 'hono'

/**
 * Runs the route and settles the claim by what it left in the context, before the answer leaves the middleware. The sender is told what
 * became of the claim: where the route's own answer would say otherwise, as on the last attempt before the sender would
 * switch the endpoint off, the core's takes its place.
 *
 * @returns nothing where the route's own answer stands
 */
export async function settleByContext<TEvent extends WebhookEvent>(
  c: Context,
  next: Next,
  { settle, isLastAttempt }: Extract<Acceptance<TEvent>, { accepted: true }>,
): Promise<undefined> {
  if (c.finalized) {
    // As by a timeout that was mounted outside.
    await settle({ ok: false, error: new Error('The answer was given before the route ran.') })
    return
  }
  const thrown = await next().then(
    () => undefined,
    // Hono leaves to its caller what is thrown and no Error, and what onError throws.
    (error: unknown) => ({ error }),
  )
  const failure = thrown ? new Error('The route threw.', { cause: thrown.error }) : failureOf(c)
  const { response } = await settle(
    failure ? { ok: false, error: failure, status: c.finalized ? c.res.status : undefined } : { ok: true },
  )
  const saysOk = !thrown && c.finalized && c.res.ok
  const stands = saysOk ? response.status < 300 : !isLastAttempt
  if (!stands) replaceAnswer(c, toResponse(response, c.req.raw))
  else if (thrown) throw thrown.error
}

/** A route that gives nothing leaves a response of status 200 behind, while its sender gets a 500. */
function failureOf(c: Context): Error | undefined {
  if (c.error) return new Error('The route threw.', { cause: c.error })
  if (!c.finalized) return new Error('The route gave no answer.')
  return c.res.ok ? undefined : new Error(`The route answered ${c.res.status}.`)
}

/** Hono merges the headers of an answer into the one that follows it, unless there is none between. */
function replaceAnswer(c: Context, response: Response): void {
  c.res = undefined
  c.res = response
}
