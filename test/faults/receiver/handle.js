import { setTimeout as sleep } from 'node:timers/promises'
import { WebhookPermanentError } from '@countersign/core'
import { planHandling } from '../plan/plan-handling.js'
import { isSpared } from './spare-last-attempts.js'

/** @typedef {import('@countersign/core').Delivery} Delivery */

/**
 * Writes the effect, either separately from the store or in one transaction with the completion.
 *
 * @callback ApplyEffect
 * @param {Delivery} delivery
 * @param {string} event
 * @param {boolean} rollsBack rolls the transaction back without an error
 * @returns {Promise<void> | void}
 */

/**
 * The application's handler, with the faults that the seed plans.
 *
 * @param {import('../types.js').RunSettings} run
 * @param {{ journal: import('./journal.js').Journal, killAt: import('./kill-at.js').KillAt, applyEffect: ApplyEffect }} parts
 */
export function createHandler(run, { journal, killAt, applyEffect }) {
  /** @param {Delivery} delivery */
  return async (delivery) => {
    const { attempt } = delivery
    const event = eventOf(delivery)
    const plan = planHandling(run, { event, attempt, isSpared: isSpared() })
    const work = async () => {
      try {
        await sleep(plan.forMs)
        if (plan.end === 'hang') await new Promise(() => {})
        if (plan.end === 'throw') throw new Error('The handler fails, for now.')
        if (plan.end === 'fail-for-good') throw new WebhookPermanentError('The handler fails for good.')
        killAt('handling', event, attempt)
        // As documented: from here on, another attempt may run at the same time.
        delivery.signal.throwIfAborted()
        await applyEffect(delivery, event, plan.end === 'roll-back')
      } catch (error) {
        journal.write('handler-failed', event, attempt, String(Object(error).code ?? Object(error).message))
        throw error
      }
    }
    if (!plan.isDeferred) return work()
    delivery.defer(work())
  }
}

/** @param {Delivery} delivery */
export function eventOf({ payload }) {
  return String(Object(payload).id)
}
