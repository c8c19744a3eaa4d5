import type { IncomingMessage } from 'node:http'

/** What a request of @hono/node-server holds until something reads its headers, creates a full `Request` from it, or reads its body. */
const keysOfUntouched: ReadonlySet<string | undefined> = new Set(['incomingKey', 'methodKey', 'urlKey'])
const keyOfHeaders = 'headersKey'

/** A request of `node:http` behind a `Request`. */
export interface Incoming {
  readonly incoming: IncomingMessage
  /** Whether something may have changed the headers of the `Request`. */
  readonly hasOwnHeaders: boolean
}

/**
 * Returns the request of `node:http` behind a request of @hono/node-server, if nothing has touched the body. Reading it
 * there takes a fraction of the time: the first look at `request.body` creates a second `Request`, an abort signal and two streams.
 *
 * Such a request is known by its symbols. Whatever else is on it, such as what another version might add, it is read as any `Request`.
 */
export function findIncoming(request: Request): Incoming | undefined {
  let incoming: IncomingMessage | undefined
  let hasOwnHeaders = false
  for (const key of Object.getOwnPropertySymbols(request)) {
    const { description } = key
    if (description === keyOfHeaders) hasOwnHeaders = true
    else if (!keysOfUntouched.has(description)) return undefined
    if (description === 'incomingKey') incoming = Reflect.get(request, key)
  }
  if (!incoming) return undefined
  // HTTP/2 ends its streams in another way. From a whole URL, which may contain a password, `Request` may throw, and must do so early.
  if (incoming.httpVersionMajor !== 1 || !incoming.url?.startsWith('/')) return undefined
  // It is set by hosts that have read the body, and by restoreBody.
  return 'rawBody' in incoming ? undefined : { incoming, hasOwnHeaders }
}
