import type { ServerResponse } from 'node:http'

/**
 * Whether the head has been sent, by Node's own state. Some hosts redefine `headersSent` on the response: with `@fastify/express` it
 * means that its own `send` was called.
 */
export function isHeadSent(response: Pick<ServerResponse, 'headersSent'>): boolean {
  const prototype = Object.getPrototypeOf(response)
  // A mock has only its own property.
  return 'headersSent' in prototype ? Reflect.get(prototype, 'headersSent', response) : response.headersSent
}
