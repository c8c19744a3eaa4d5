import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/**
 * @typedef {object} MemoryFigures
 * @property {number} ids how many there were
 * @property {number} live how many claims a store held at the most for `claimsPerSecond`
 * @property {number} claimsPerSecond of new ids
 * @property {number} claimsPerSecondUpToIds the same in one store, until all ids are claimed at once
 * @property {number} eventsPerSecond claimed and completed
 * @property {number} bytesPerId kept for completed ones, keys included
 */

/**
 * In a process of its own, whose heap holds nothing else.
 *
 * @param {number} ids
 * @returns {Promise<MemoryFigures>}
 */
export async function measureMemoryStore(ids) {
  const program = fileURLToPath(new URL('./fill-memory-store.js', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, String(ids)])
  return JSON.parse(stdout)
}
