import type { ServerResponse } from 'node:http'

/**
 * Lets `writableEnded` be true from `end()` on, as Node has it, where the true end is put off. Whoever answers in two places asks
 * it first: Fastify would cut the connection under an answer that waits.
 */
export function tellEnded(response: ServerResponse, hasEnded: () => boolean): void {
  const inner =
    Object.getOwnPropertyDescriptor(response, 'writableEnded')?.get ??
    (() => Reflect.get(Object.getPrototypeOf(response), 'writableEnded', response))
  Object.defineProperty(response, 'writableEnded', {
    configurable: true,
    get: () => hasEnded() || inner(),
  })
}
