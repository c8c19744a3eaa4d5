import type { IncomingMessage } from 'node:http'

/**
 * Puts off that `req.socket` is destroyed. Express does that on an error after the answer; without the suite the
 * answer is on its way by then, and it must not be lost because it waits.
 *
 * @returns ends it, and tells whether the connection was to be cut
 */
export function keepConnection(request: IncomingMessage): () => boolean {
  const { socket } = request
  let isToBeCut = false
  request.socket = new Proxy(socket, {
    get(target, name) {
      if (name === 'destroy') {
        return () => {
          isToBeCut = true
          return target
        }
      }
      const value = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return () => {
    request.socket = socket
    return isToBeCut
  }
}
