import type { Context } from 'hono'

/** Keeps the work running after the sender disconnects, on runtimes with an execution context. Elsewhere, as on Node, it does nothing. */
export function waitUntil(c: Context, work: Promise<unknown>): void {
  // Called on its context: on Workers, `waitUntil` fails without its `this`.
  findExecutionContext(c)?.waitUntil?.(work)
}

/** Hono throws on runtimes without an execution context. To record the stack of that error would take longer than verifying. */
function findExecutionContext(c: Context): Context['executionCtx'] | undefined {
  const { stackTraceLimit } = Error
  // Unlike an assignment, it does not throw where `Error` is frozen.
  Reflect.set(Error, 'stackTraceLimit', 0)
  try {
    return c.executionCtx
  } catch {
    return undefined
  } finally {
    Reflect.set(Error, 'stackTraceLimit', stackTraceLimit)
  }
}
