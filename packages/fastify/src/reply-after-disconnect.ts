import type { FastifyReply, RouteHandlerMethod } from 'fastify'

/**
 * Replies when an async handler has returned nothing and the sender has disconnected. Fastify itself sends nothing then, and the
 * claim would last until its lease ends although the work is done.
 */
export function replyAfterDisconnect(handler: RouteHandlerMethod): RouteHandlerMethod {
  return function (request, reply) {
    const isAwaited = watchAwait(reply)
    const result: unknown = handler.call(this, request, reply)
    if (result instanceof Promise) {
      const answer = (value: unknown) => {
        const isDisconnected = request.raw.socket.destroyed
        if (value === undefined && isDisconnected && !isAwaited() && !reply.sent) reply.send()
      }
      result.then(answer, () => undefined)
    }
    return result as ReturnType<RouteHandlerMethod>
  }
}

/** A handler that returns or awaits its reply sends it later, from other code. A closed connection ends that wait early. */
function watchAwait(reply: FastifyReply): () => boolean {
  const { then } = reply
  let isAwaited = false
  // biome-ignore lint/suspicious/noThenProperty: a reply can be awaited, so it has one
  reply.then = (fulfilled, rejected) => {
    isAwaited = true
    then.call(reply, fulfilled, rejected)
  }
  return () => isAwaited
}
