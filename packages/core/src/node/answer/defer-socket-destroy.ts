import type { IncomingMessage, ServerResponse } from 'node:http'

type Socket = IncomingMessage['socket']

/** The connection of an answer whose claim is not settled yet. */
export interface DeferredDestroy {
  /** Stops deferring. If the route destroyed the connection while its answer waited, it is destroyed once the answer is sent. */
  release(): void
  /** Destroys the answer now. */
  destroy(cause?: unknown): void
}

/**
 * Defers what a route or its framework does to end an answer early: `destroy` of the response, which a failing `pipeline` calls, and
 * `destroy` of the socket of the request or response, which Express calls on an error after the head was sent. Without Countersign,
 * an answer would be on its way after `end()`; it must not be lost because it waits for the claim.
 *
 * When the sender disconnects or the server closes, Node destroys the socket by itself, without these methods. The route then keeps
 * running, so that is not deferred.
 *
 * @param onDestroy called once, with the reason, if the route destroys an answer that it has not ended
 */
export function deferSocketDestroy(
  response: ServerResponse,
  onDestroy: (cause: unknown) => void = () => undefined,
): DeferredDestroy {
  const { destroy } = response
  // Hosts without a Node server have no socket, and some have no request.
  const request: IncomingMessage | undefined = response.req
  const socket: Socket | undefined = request?.socket
  let destroysOnRelease = false
  let isDestroyed = false

  const deferDestroy = (cause: unknown) => {
    if (response.writableEnded) {
      destroysOnRelease = true
      return
    }
    if (isDestroyed) return
    isDestroyed = true
    onDestroy(cause)
  }
  const shield = (shielded: Socket) =>
    shieldSocket(shielded, (method, args) => {
      const [cause] = args
      // Node itself destroys the socket of a request that was aborted, with the request's own error.
      if (cause !== undefined && cause === request?.errored) Reflect.apply(method, shielded, args)
      else deferDestroy(cause)
    })

  const restoreSockets = shieldSockets(request, response, shield)
  response.destroy = (cause) => {
    // After a disconnect, an answer is usually destroyed because of it: the route itself did not fail.
    if (!socket?.destroyed) deferDestroy(cause)
    return response
  }

  const restore = () => {
    response.destroy = destroy
    restoreSockets()
  }
  return {
    release() {
      restore()
      if (destroysOnRelease) response.once('finish', () => socket?.destroy())
    },
    destroy(cause) {
      restore()
      response.destroy(cause as Error)
    },
  }
}

/**
 * Replaces the socket of a request and its response by a shielded one.
 *
 * @returns a function that puts the socket back
 */
function shieldSockets(
  request: IncomingMessage | undefined,
  response: ServerResponse,
  shield: (socket: Socket) => Socket,
): () => void {
  const socket = request?.socket
  if (!socket || response.socket !== socket || !isData(request) || !isData(response)) {
    const restoring = [request, response].map((holder) => holder && shieldSocketOf(holder, shield))
    return () => {
      for (const restoreSocket of restoring) restoreSocket?.()
    }
  }
  // A value and no getter: an accessor in place of Node's own property makes V8 turn the whole object into a dictionary. For the
  // request and the response that was a seventh of the memory that a delivery took.
  const shielded = shield(socket)
  request.socket = shielded
  setSocket(response, shielded)
  return () => {
    request.socket = socket
    // When the answer has ended, Node takes the socket from it.
    if (response.socket === shielded) setSocket(response, socket)
  }
}

/** Whether the socket is Node's own property, and no getter of a host. */
function isData(holder: IncomingMessage | ServerResponse): boolean {
  return Object.getOwnPropertyDescriptor(holder, 'socket')?.writable === true
}

/** Node writes this property, too. */
function setSocket(response: { socket: Socket | null }, socket: Socket): void {
  response.socket = socket
}

/** Replaces the socket of a request or response by a shielded one. A pipelined response gets its socket later. */
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

/** The same socket, except for the methods that destroy it. */
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
