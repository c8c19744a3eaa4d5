import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/**
 * @typedef {object} MemoryFigures
 * @property {number} ids the number of ids
 * @property {number} live the maximum number of live claims for `claimsPerSecond`
 * @property {number} claimsPerSecond of new ids
 * @property {number} claimsPerSecondUpToIds the same with one store that holds live claims of all ids at the end
 * @property {number} eventsPerSecond claimed and completed
 * @property {number} bytesPerId held for each completed id, including its key
 */

/**
 * Measures the memory store in a separate process, whose heap holds nothing else.
 *
 * @param {number} ids
 * @returns {Promise<MemoryFigures>}
 */
export async function measureMemoryStore(ids) {
  const program = fileURLToPath(new URL('./fill-memory-store.js', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, String(ids)])
  return JSON.parse(stdout)
}
