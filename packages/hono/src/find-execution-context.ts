import type { FetchContext } from '@countersign/core/fetch'
import type { Context } from 'hono'

/** What keeps the work alive when the sender goes away. Where a runtime has none, as Node, Hono throws. */
export function findExecutionContext(c: Context): FetchContext | undefined {
  try {
    return c.executionCtx
  } catch {
    return undefined
  }
}
