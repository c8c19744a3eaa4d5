import { compareClients } from './compare-clients.js'
import { growMemoryStore } from './grow-memory-store.js'
import { reportStores } from './report-stores.js'

/**
 * @typedef {object} StorePlan
 * @property {number} slices how many of each side
 * @property {number} sliceMs
 * @property {boolean} compiles better-sqlite3 with optimisation, which takes minutes the first time
 * @property {readonly number[]} ids the sizes that a memory store grows to
 *
 * @typedef {object} StoreResult
 * @property {readonly import('./compare-clients.js').ClientRow[]} clients
 * @property {readonly import('./grow-memory-store.js').MemoryFigures[]} memory one for each size
 */

/** @type {import('../family.js').Family<StorePlan, StoreResult>} */
export const stores = {
  name: 'stores',
  title: 'Dedupe stores',
  plans: {
    full: { slices: 25, sliceMs: 50, compiles: true, ids: [10_000, 100_000, 1_000_000, 10_000_000] },
    quick: { slices: 9, sliceMs: 40, compiles: true, ids: [10_000, 100_000, 1_000_000] },
    smoke: { slices: 2, sliceMs: 2, compiles: false, ids: [10_000] },
  },
  async measure({ ids, ...plan }) {
    const clients = await compareClients(plan)
    return { clients, memory: await growMemoryStore(ids) }
  },
  report: reportStores,
}
