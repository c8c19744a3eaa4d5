/**
 * @typedef {object} Framework
 * @property {string} title
 * @property {() => Promise<string | undefined>} [prepare] before the server starts; says what is missing to measure it
 * @property {() => Promise<import('node:http').Server>} create
 */

/**
 * The servers, each loaded only in its own process.
 *
 * @type {Readonly<Record<string, Framework>>}
 */
export const frameworks = {
  express: { title: 'Express', create: async () => (await import('./frameworks/express.js')).create() },
  fastify: { title: 'Fastify', create: async () => (await import('./frameworks/fastify.js')).create() },
  hono: { title: 'Hono', create: async () => (await import('./frameworks/hono.js')).create() },
  node: { title: 'node:http', create: async () => (await import('./frameworks/node-http.js')).create() },
}
