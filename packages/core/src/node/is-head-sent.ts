import { ServerResponse } from 'node:http'

/**
 * Whether the head has been sent, by Node's own state. Hosts redefine the property `headersSent`: with `@fastify/express` it says
 * whether its own `send` was called.
 */
export function isHeadSent(response: ServerResponse): boolean {
  // HTTP/2 and mocks have responses of another kind, where the property is all there is.
  return response instanceof ServerResponse
    ? Reflect.get(ServerResponse.prototype, 'headersSent', response)
    : response.headersSent
}
