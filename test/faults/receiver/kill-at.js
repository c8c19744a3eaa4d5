import { decide } from '../decide.js'
import { isSpared } from './spare-last-attempts.js'

/**
 * Where a receiver kills itself.
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
   * Kills this process, where the seed says so.
   *
   * @param {Place} place
   * @param {string} event
   * @param {number} attempt
   */
  return (place, event, attempt) => {
    if (isSpared() || decide(seed, event, attempt, 'kill', place) >= rate) return
    journal.write('kill', event, attempt, place)
    process.kill(process.pid, 'SIGKILL')
    // Nothing more may happen, however long the signal takes.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  }
}
