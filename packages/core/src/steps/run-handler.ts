import type { Delivery, Handler, HandlerEnd } from '../types.js'

/** Runs the user's code. Whatever it throws is how it ended: for `settle`. Never rejects. */
export async function runHandler(handler: Handler<never>, delivery: Delivery): Promise<HandlerEnd> {
  try {
    return { ok: true, result: await handler(delivery as never) }
  } catch (error) {
    return { ok: false, error }
  }
}
