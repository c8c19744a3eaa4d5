import type { IncomingMessage, ServerResponse } from 'node:http'

type Socket = IncomingMessage['socket']

/** The connection of an answer whose claim is still to be settled. */
export interface KeptConnection {
  /** Gives it back to the route's code. If that wanted it cut while the answer waited, it is cut when the answer has left. */
  giveBack(): void
  /** Destroys the answer now. */
  cut(cause?: unknown): void
}

/**
 * Puts off what a route, or the framework for it, does to end an answer early: `destroy` of the response, as a failing `pipeline` calls
 * it, or of the socket by way of request or response, as Express does on an error after the head was sent. After `end()` the
 * answer is on its way without the suite, and must not be lost because it waits.
 *
 * Node destroys the socket itself, and not by these ways, when the sender has gone or the server closes. That is no end: the route goes on.
 *
 * @param onDestroy called once, with what the route gave for a reason, where it destroys an answer that it has not ended
 */
export function keepConnection(
  response: ServerResponse,
  onDestroy: (cause: unknown) => void = () => undefined,
): KeptConnection {
  const { destroy } = response
  // Hosts without a server of Node's have no socket, and some no request.
  const request: IncomingMessage | undefined = response.req
  const socket: Socket | undefined = request?.socket
  let isToBeCut = false
  let isDestroyed = false

  const putOff = (cause: unknown) => {
    if (response.writableEnded) {
      isToBeCut = true
      return
    }
    if (isDestroyed) return
    isDestroyed = true
    onDestroy(cause)
  }
  const shield = (shielded: Socket) =>
    shieldSocket(shielded, (method, args) => {
      const [cause] = args
      // So Node destroys the socket of a request that broke off before its end.
      if (cause !== undefined && cause === request?.errored) Reflect.apply(method, shielded, args)
      else putOff(cause)
    })

  const givingBack = [request, response].map((holder) => holder && shieldSocketOf(holder, shield))
  response.destroy = (cause) => {
    // What is done to the answer of a sender that has gone is most often done because it has gone.
    if (!socket?.destroyed) putOff(cause)
    return response
  }

  const restore = () => {
    response.destroy = destroy
    for (const giveBack of givingBack) giveBack?.()
  }
  return {
    giveBack() {
      restore()
      if (isToBeCut) response.once('finish', () => socket?.destroy())
    },
    cut(cause) {
      restore()
      response.destroy(cause as Error)
    },
  }
}

/** Puts a shield before the socket of a request or response. A response that waits behind another one gets its socket later. */
function shieldSocketOf(
  holder: IncomingMessage | ServerResponse,
  shield: (socket: Socket) => Socket,
): () => void {
  const before = Object.getOwnPropertyDescriptor(holder, 'socket')
  let current = holder.socket
  let shielded = current && shield(current)
  Object.defineProperty(holder, 'socket', {
    configurable: true,
    enumerable: true,
    get: () => shielded,
    set(socket: Socket | null) {
      current = socket
      shielded = socket && shield(socket)
    },
  })
  return () => {
    if (before) Object.defineProperty(holder, 'socket', { ...before, value: current })
    else Reflect.deleteProperty(holder, 'socket')
  }
}

const destroying: ReadonlySet<string | symbol> = new Set(['destroy', 'destroySoon', 'resetAndDestroy'])

/** The same socket, but for what destroys it. */
function shieldSocket(
  socket: Socket,
  onDestroy: (method: () => unknown, args: readonly unknown[]) => void,
): Socket {
  return new Proxy(socket, {
    get(target, name) {
      const value = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      if (!destroying.has(name)) return value.bind(target)
      return (...args: unknown[]) => {
        onDestroy(value, args)
        return target
      }
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  })
}
