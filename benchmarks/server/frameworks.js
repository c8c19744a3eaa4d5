import { buildApp } from './next-app/build-app.js'

/**
 * @typedef {object} Framework
 * @property {string} title
 * @property {() => Promise<string | undefined>} [prepare] before the server starts; resolves with the reason if it cannot be measured
 */

/** @type {Readonly<Record<string, Framework>>} */
export const frameworks = {
  express: { title: 'Express' },
  fastify: { title: 'Fastify' },
  hono: { title: 'Hono' },
  'node-http': { title: 'node:http' },
  next: { title: 'Next.js', prepare: buildApp },
}
