import type { ServerResponse } from 'node:http'

/**
 * Whether the head has been sent, by Node's own state. Hosts redefine `headersSent` on the response: with `@fastify/express` it says
 * whether its own `send` was called.
 */
export function isHeadSent(response: Pick<ServerResponse, 'headersSent'>): boolean {
  const prototype = Object.getPrototypeOf(response)
  // A mock's property is its own, and all there is.
  return 'headersSent' in prototype ? Reflect.get(prototype, 'headersSent', response) : response.headersSent
}
