import type { ServerResponse } from 'node:http'

/**
 * Makes `writableEnded` true as soon as the route has called `end()`, as on a plain response, although the real end is deferred.
 * Frameworks check it before they answer a second time: Fastify would close the connection of an answer that waits.
 */
export function reportWritableEnded(response: ServerResponse, hasEnded: () => boolean): void {
  const inner =
    Object.getOwnPropertyDescriptor(response, 'writableEnded')?.get ??
    (() => Reflect.get(Object.getPrototypeOf(response), 'writableEnded', response))
  Object.defineProperty(response, 'writableEnded', {
    configurable: true,
    get: () => hasEnded() || inner(),
  })
}
