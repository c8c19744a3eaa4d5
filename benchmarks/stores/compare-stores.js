import { measureRatio } from '../verify/measure-ratio.js'
import { measureMemoryStore } from './measure-memory-store.js'
import { storeComparisons } from './store-comparisons.js'

/** @typedef {import('./store-comparisons.js').StoreComparison} StoreComparison */
/** @typedef {{ readonly comparison: StoreComparison, readonly measured: import('../verify/measure-ratio.js').Measurement | undefined }} StoreRow */
/** @typedef {{ readonly rows: readonly StoreRow[], readonly memory: import('./measure-memory-store.js').MemoryFigures }} StoreFigures */

/**
 * @param {import('../plans.js').StorePlan} plan
 * @returns {Promise<StoreFigures>}
 */
export async function compareStores({ slices, sliceMs, ids }) {
  /** @type {StoreRow[]} */
  const rows = []
  for (const comparison of storeComparisons) {
    rows.push({ comparison, measured: await measure(comparison, { slices, sliceMs }) })
  }
  return { rows, memory: await measureMemoryStore(ids) }
}

/**
 * @param {StoreComparison} comparison
 * @param {{ slices: number, sliceMs: number }} plan
 */
async function measure({ open }, plan) {
  const opened = await open().catch(() => undefined)
  if (!opened) return undefined
  try {
    const [ours, peer] = [opened.ours, opened.peer].map((run) => ({ run, isAsync: true }))
    return await measureRatio(/** @type {any} */ ({ ours, peer, ...plan }))
  } finally {
    await opened.close()
  }
}
