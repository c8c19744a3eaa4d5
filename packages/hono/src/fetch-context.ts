import type { FetchContext } from '@countersign/core/fetch'
import type { Context } from 'hono'

/** What Hono knows of a request beside the request itself. `requestId` is what `hono/request-id` sets. */
export function fetchContextOf(c: Context): FetchContext {
  const execution = findExecutionContext(c)
  const requestId: unknown = c.get('requestId')
  return {
    // On Workers it is a method that must be called as one.
    waitUntil: (work) => execution?.waitUntil?.(work),
    requestId: typeof requestId === 'string' ? requestId : undefined,
  }
}

/** What keeps the work alive when the sender goes away. Where a runtime has none, as Node, Hono throws. */
function findExecutionContext(c: Context): Context['executionCtx'] | undefined {
  try {
    return c.executionCtx
  } catch {
    return undefined
  }
}
