import { seededRandom } from '../seeded-random.js'

/** The receiver's default for Visibuild: from this claim on, a failed event is kept. */
const exhaustAfter = 9

/**
 * Plans what the handler does with one attempt.
 *
 * @typedef {object} Handling
 * @property {'succeed' | 'throw' | 'fail-for-good' | 'roll-back' | 'hang'} end `hang`: it never ends
 * @property {number} forMs how long it takes before its effect
 * @property {boolean} isDeferred answered 2xx before the work is done
 */

/**
 * @param {import('../types.js').RunSettings} run
 * @param {{ event: string, attempt: number, isSpared: boolean }} claim `isSpared`: an attempt that nothing would follow
 * @returns {Handling}
 */
export function planHandling({ seed, form, leaseMs }, { event, attempt, isSpared }) {
  const ofEvent = seededRandom(seed, event, 'character')
  const ofAttempt = seededRandom(seed, event, attempt, 'handling')
  return {
    end: isSpared && attempt < exhaustAfter ? 'succeed' : endProcess(form, ofEvent, ofAttempt),
    forMs: durationOf(seededRandom(seed, event, attempt, 'duration'), leaseMs),
    isDeferred: form === 'plain' && seededRandom(seed, event, 'deferred') < 0.04,
  }
}

/**
 * @param {import('../types.js').Form} form
 * @param {number} ofEvent
 * @param {number} ofAttempt
 * @returns {Handling['end']}
 */
function endProcess(form, ofEvent, ofAttempt) {
  if (ofEvent < 0.002) return 'throw'
  if (ofEvent < 0.006) return 'fail-for-good'
  if (ofAttempt < 0.05) return 'throw'
  if (ofAttempt > 0.996) return 'hang'
  // A handler that catches the failure of its transaction and returns normally.
  return form === 'transactional' && ofAttempt < 0.07 ? 'roll-back' : 'succeed'
}

/**
 * Mostly short. Sometimes longer than a lease, so that the receiver must renew it, and longer than the sender waits.
 *
 * @param {number} chance
 * @param {number} leaseMs
 */
function durationOf(chance, leaseMs) {
  if (chance < 0.004) return (1.2 + (chance / 0.004) * 2) * leaseMs
  if (chance < 0.03) return 100 + (chance / 0.03) * 400
  return chance * 10
}
