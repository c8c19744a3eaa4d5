import { seededRandom } from '../seeded-random.js'
import { isSpared } from './spare-last-attempts.js'

/**
 * @typedef {object} Handled
 * @property {string} event
 * @property {number} attempt
 */

/**
 * Kills the process or closes the connection just before the answer to a handled delivery is sent.
 *
 * @param {import('node:http').ServerResponse} response
 * @param {import('../types.js').RunSettings} run
 * @param {{ journal: import('./journal.js').Journal, killAt: import('./kill-at.js').KillAt, handled: () => Handled | undefined }} parts
 */
export function cutAnswer(response, { seed }, { journal, killAt, handled }) {
  const { end } = response
  response.end = /** @type {typeof end} */ (
    (/** @type {unknown[]} */ ...args) => {
      const { event, attempt } = handled() ?? {}
      if (event === undefined || attempt === undefined) return Reflect.apply(end, response, args)
      killAt('answering', event, attempt)
      journal.write('answered', event, attempt, String(response.statusCode))
      if (!isSpared() && seededRandom(seed, event, attempt, 'cut') < 0.01) return response.destroy()
      return Reflect.apply(end, response, args)
    }
  )
}
