/**
 * @typedef {object} Parts
 * @property {import('./journal.js').Journal} journal
 * @property {import('./kill-at.js').KillAt} killAt
 */

/**
 * Opens the store as a user does, and what has the effects.
 *
 * @callback Open
 * @param {import('../types.js').ReceiverSettings} settings
 * @param {Parts} parts
 * @returns {Promise<{ store: import('@countersign/core').DedupeStore, haveEffect: import('./handle.js').HaveEffect }>}
 */

/**
 * Each file holds one store with one client: to load all of them is most of a process's start.
 *
 * @type {Readonly<Record<string, () => Promise<{ open: Open }>>>}
 */
const loaders = {
  redis: () => import('./open-redis.js'),
  'node-redis': () => import('./open-node-redis.js'),
  postgres: () => import('./open-postgres.js'),
  sqlite: () => import('./open-sqlite.js'),
}

/**
 * Over Redis, two receivers have ioredis and one has node-redis, with the same records: these differ in what they do with
 * commands when the connection breaks.
 *
 * @param {string} store
 * @param {number} slot
 * @returns {Promise<Open>}
 */
export async function loadStore(store, slot) {
  const load = loaders[store === 'redis' && slot === 1 ? 'node-redis' : store]
  if (!load) throw new Error(`There is no store ${store}.`)
  return (await load()).open
}
