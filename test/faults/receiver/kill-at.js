import { seededRandom } from '../seeded-random.js'
import { isSpared } from './spare-last-attempts.js'

/**
 * The points at which a receiver may kill itself.
 *
 * @typedef {'claimed' | 'handling' | 'effect' | 'inserted' | 'enlisted' | 'committing' | 'committed' | 'completing' | 'completed' | 'confirmed' | 'answering'} Place
 */

/** @typedef {ReturnType<typeof killAt>} KillAt */

/**
 * @param {import('../types.js').RunSettings} run
 * @param {import('./journal.js').Journal} journal
 */
export function killAt({ seed, events, killsPerPlace }, journal) {
  const rate = killsPerPlace / events
  /**
   * Kills this process if the seed says so.
   *
   * @param {Place} place
   * @param {string} event
   * @param {number} attempt
   */
  return (place, event, attempt) => {
    if (isSpared() || seededRandom(seed, event, attempt, 'kill', place) >= rate) return
    journal.write('kill', event, attempt, place)
    process.kill(process.pid, 'SIGKILL')
    // Blocks the thread, so that no more code runs until the signal arrives.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  }
}
