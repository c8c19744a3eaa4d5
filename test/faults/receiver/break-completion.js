import { readEventId } from '../read-event-id.js'
import { seededRandom } from '../seeded-random.js'

/** @typedef {import('@countersign/core').DedupeStore} DedupeStore */

/**
 * Breaks the connection once at some completions, either before the store writes or after it, so that only the answer is
 * lost. Later calls for the same claim work.
 *
 * @template {DedupeStore} Store
 * @param {Store} store
 * @param {import('../types.js').RunSettings} run
 * @returns {Store}
 */
export function breakCompletion(store, { seed }) {
  /** @type {Set<string>} */
  const broken = new Set()
  /** @type {DedupeStore['complete']} */
  const complete = async (request) => {
    const { key, token } = request
    const chance = seededRandom(seed, readEventId(key), 'completion')
    if (chance >= 0.02 || broken.has(token)) return store.complete(request)
    broken.add(token)
    if (chance < 0.01) await store.complete(request)
    throw Object.assign(new Error('The connection broke.'), { code: 'ECONNRESET' })
  }
  return new Proxy(store, {
    get(target, name) {
      const value = name === 'complete' ? complete : Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
