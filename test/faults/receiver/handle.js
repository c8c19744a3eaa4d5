import { setTimeout as sleep } from 'node:timers/promises'
import { WebhookPermanentError } from '@countersign/core'
import { planHandling } from '../plan/plan-handling.js'
import { isSpared } from './spare-last-attempts.js'

/** @typedef {import('@countersign/core').Delivery} Delivery */

/**
 * Has the effect; beside the store, or together with the completion.
 *
 * @callback HaveEffect
 * @param {Delivery} delivery
 * @param {string} event
 * @param {boolean} rollsBack undoes it all and says nothing of it
 * @returns {Promise<void> | void}
 */

/**
 * The user's handler, with the seed's faults in it.
 *
 * @param {import('../types.js').RunSettings} run
 * @param {{ journal: import('./journal.js').Journal, killAt: import('./kill-at.js').KillAt, haveEffect: HaveEffect }} parts
 */
export function handlerOf(run, { journal, killAt, haveEffect }) {
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
        // As documented: from here on another attempt may run beside this one.
        delivery.signal.throwIfAborted()
        await haveEffect(delivery, event, plan.end === 'roll-back')
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
