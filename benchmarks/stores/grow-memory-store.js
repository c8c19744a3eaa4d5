import { execFile } from 'node:child_process'
import { totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/**
 * @typedef {object} MemoryFigures
 * @property {number} ids how many the store grew to
 * @property {import('../statistics.js').Spread} [claimNs] a claim, while a new store gets its first 100,000 claims
 * @property {import('../statistics.js').Spread} [eventNs] a claim and its completion, while the store grows
 * @property {number} [bytesPerId] held for each completed id, including its key
 * @property {string} [skipped] why it was not measured
 */

/** The store and the heap around it, with room to copy what grows. */
const bytesPerIdAtMost = 600

/**
 * Measures memory stores of growing size, each in a separate process whose heap holds nothing else.
 *
 * @param {readonly number[]} sizes
 * @returns {Promise<MemoryFigures[]>}
 */
export async function growMemoryStore(sizes) {
  /** @type {MemoryFigures[]} */
  const figures = []
  for (const ids of sizes) figures.push(await growTo(ids))
  return figures
}

/**
 * @param {number} ids
 * @returns {Promise<MemoryFigures>}
 */
async function growTo(ids) {
  const needed = Math.ceil((ids * bytesPerIdAtMost) / 2 ** 20)
  if (needed * 2 ** 20 > totalmem() / 2)
    return { ids, skipped: `this machine has less than ${2 * needed} MiB of memory` }
  const program = fileURLToPath(new URL('./fill-memory-store.js', import.meta.url))
  const heap = `--max-old-space-size=${Math.max(needed, 1024)}`
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', heap, program, String(ids)])
  return JSON.parse(stdout)
}
