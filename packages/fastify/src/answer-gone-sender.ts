import type { FastifyReply, RouteHandlerMethod } from 'fastify'

/**
 * Sends what Fastify would, where an async handler has ended without a value and the sender is gone: Fastify sends nothing then, and the
 * claim would last until its lease ends although the work is done.
 */
export function answerGoneSender(handler: RouteHandlerMethod): RouteHandlerMethod {
  return function (request, reply) {
    const isAwaited = watchAwaiting(reply)
    const result: unknown = handler.call(this, request, reply)
    if (result instanceof Promise) {
      const answer = (value: unknown) => {
        const isGone = request.raw.socket.destroyed
        if (value === undefined && isGone && !isAwaited() && !reply.sent) reply.send()
      }
      result.then(answer, () => undefined)
    }
    return result as ReturnType<RouteHandlerMethod>
  }
}

/** A handler that returns or awaits its reply answers later, from somewhere else; but a closed connection ends its waiting. */
function watchAwaiting(reply: FastifyReply): () => boolean {
  const { then } = reply
  let isAwaited = false
  // biome-ignore lint/suspicious/noThenProperty: a reply has one, by which it can be awaited
  reply.then = (fulfilled, rejected) => {
    isAwaited = true
    then.call(reply, fulfilled, rejected)
  }
  return () => isAwaited
}
