import type { Context, MiddlewareHandler, Next } from 'hono'
import { createAsyncContext } from './async-context.js'

/** The result of a route. */
export interface RouteEnd {
  readonly finalized: boolean
  readonly res: Response
  readonly error: Error | undefined
  /** What was thrown past Hono's `onError`. */
  readonly thrown: { readonly error: unknown } | undefined
  /** Something else answered while the route ran, for example a timeout middleware outside. */
  readonly isAnswered: boolean
}

/** The route's part of a context that has another answer already. */
interface OwnAnswer {
  finalized: boolean
  res: Response | undefined
  error: Error | undefined
}

const running = createAsyncContext<OwnAnswer>()

/**
 * Runs the route and returns its own result. Hono has one place for the answer: what a timeout writes there while the route runs
 * would be taken for the route's answer, and Hono would drop the route's own. From that moment on, the route gets a place of its own.
 *
 * Where nothing runs around the webhook, and on runtimes without async contexts, everything in the context counts as the route's.
 *
 * @param middleware the webhook itself
 */
export async function runRoute(c: Context, next: Next, middleware: MiddlewareHandler): Promise<RouteEnd> {
  const own: OwnAnswer = { finalized: false, res: undefined, error: undefined }
  const storage = isOutermost(c, middleware) ? undefined : running
  const { restore, isSplit } = storage ? splitContext(c, own, () => storage.getStore() === own) : unsplit
  const thrown = await (storage ? storage.run(own, next) : next()).then(
    () => undefined,
    // Hono rethrows what is not an Error, and what onError throws.
    (error: unknown) => ({ error }),
  )
  restore()
  const { finalized, error, res } = isSplit() ? { ...own, res: own.res ?? new Response() } : c
  return { finalized, error, res, thrown, isAnswered: isSplit() }
}

/**
 * Whether the webhook is the first handler that Hono calls: nothing outside then has the context. Before Node 24, the first use of an
 * async context slows down every promise of the process.
 */
function isOutermost({ req }: Context, middleware: MiddlewareHandler): boolean {
  return req.routeIndex === 0 && req.matchedRoutes?.[0]?.handler === middleware
}

const unsplit = { restore: () => {}, isSplit: () => false }

/** Until `restore`, once other code has written an answer into the context, the route writes its own separately. */
function splitContext(c: Context, own: OwnAnswer, isRoute: () => boolean) {
  const shared = { finalized: c.finalized, error: c.error }
  let hasSplit = false
  /** Whether the route reads or writes its own place. The first answer of other code splits the context. */
  const isOwn = () => hasSplit && isRoute()
  const split = () => {
    if (hasSplit || isRoute()) return
    Object.assign(own, shared, { res: shared.finalized ? c.res : undefined })
    hasSplit = true
  }
  const prototype = Object.getPrototypeOf(c)
  Object.defineProperties(c, {
    finalized: {
      configurable: true,
      get: () => (isOwn() ? own.finalized : shared.finalized),
      set: (value: boolean) => {
        shared.finalized = value
      },
    },
    error: {
      configurable: true,
      get: () => (isOwn() ? own.error : shared.error),
      set: (value: Error | undefined) => {
        split()
        if (isOwn()) own.error = value
        else shared.error = value
      },
    },
    res: {
      configurable: true,
      get: () => {
        if (!isOwn()) return Reflect.get(prototype, 'res', c)
        own.res ??= new Response()
        return own.res
      },
      set: (value: Response | undefined) => {
        split()
        if (isOwn()) Object.assign(own, { res: value, finalized: true })
        else Reflect.set(prototype, 'res', value, c)
      },
    },
  })
  const restore = () => {
    Reflect.deleteProperty(c, 'res')
    for (const [name, value] of Object.entries(shared))
      Object.defineProperty(c, name, { value, configurable: true, enumerable: true, writable: true })
  }
  return { restore, isSplit: () => hasSplit }
}
