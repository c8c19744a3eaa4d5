/**
 * @typedef {object} Parts
 * @property {import('./journal.js').Journal} journal
 * @property {import('./kill-at.js').KillAt} killAt
 */

/**
 * Opens the store as an application does, and the function that writes the effects.
 *
 * @callback Open
 * @param {import('../types.js').ReceiverSettings} settings
 * @param {Parts} parts
 * @returns {Promise<{ store: import('@countersign/core').DedupeStore, applyEffect: import('./handle.js').ApplyEffect }>}
 */

/**
 * Each file holds one store with one client, because loading all of them would slow down the start of each process.
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
 * With Redis, two receivers use ioredis and one uses node-redis, on the same records: the clients treat pending commands
 * differently when the connection breaks.
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
