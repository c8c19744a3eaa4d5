import type { Context, Next } from 'hono'
import { createAsyncContext } from './async-context.js'

/** What a route left behind. */
export interface RouteEnd {
  readonly finalized: boolean
  readonly res: Response
  readonly error: Error | undefined
  /** What went past Hono's `onError`. */
  readonly thrown: { readonly error: unknown } | undefined
  /** Another answer than the route's was given while it ran, as by a timeout that is mounted outside. */
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
 * Runs the route, and gives what came of it alone. Hono has one place for the answer: what a timeout puts there while the route runs
 * would be taken for the route's, whose own answer Hono then drops. From such a moment on, the route has a place for itself.
 *
 * Where the runtime cannot tell who writes, whatever is in the context is the route's.
 */
export async function runRoute(c: Context, next: Next): Promise<RouteEnd> {
  const own: OwnAnswer = { finalized: false, res: undefined, error: undefined }
  const { restore, isSplit } = running ? splitContext(c, own, () => running.getStore() === own) : unsplit
  const thrown = await (running ? running.run(own, next) : next()).then(
    () => undefined,
    // Hono leaves to its caller what is thrown and no Error, and what onError throws.
    (error: unknown) => ({ error }),
  )
  restore()
  const { finalized, error, res } = isSplit() ? { ...own, res: own.res ?? new Response() } : c
  return { finalized, error, res, thrown, isAnswered: isSplit() }
}

const unsplit = { restore: () => {}, isSplit: () => false }

/** Until `restore`, what others write into the context is theirs, and what the route writes afterwards is its own. */
function splitContext(c: Context, own: OwnAnswer, isRoute: () => boolean) {
  const shared = { finalized: c.finalized, error: c.error }
  let split = false
  /** Whether the route's place is meant. The first answer of another's parts the two. */
  const isOwn = () => split && isRoute()
  const part = () => {
    if (split || isRoute()) return
    Object.assign(own, shared, { res: shared.finalized ? c.res : undefined })
    split = true
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
        part()
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
        part()
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
  return { restore, isSplit: () => split }
}
