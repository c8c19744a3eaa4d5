import type { Context } from 'hono'

/** Keeps the work running after the sender disconnects, on runtimes with an execution context. Elsewhere, as on Node, it does nothing. */
export function waitUntil(c: Context, work: Promise<unknown>): void {
  // Called on its context: on Workers, `waitUntil` fails without its `this`.
  findExecutionContext(c)?.waitUntil?.(work)
}

/** Hono throws on runtimes without an execution context. */
function findExecutionContext(c: Context): Context['executionCtx'] | undefined {
  try {
    return c.executionCtx
  } catch {
    return undefined
  }
}
