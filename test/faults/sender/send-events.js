import { setTimeout as sleep } from 'node:timers/promises'
import { visibuild } from '@countersign/core/schemes'
import { createSender, sendRequest } from '@countersign/testing'
import { monotonic } from '../clock.js'
import { seededRandom } from '../seeded-random.js'
import { limitConcurrency } from './limit-concurrency.js'

/** @typedef {import('../types.js').SentEvent} SentEvent */
/** @typedef {import('../types.js').PlannedEvent} PlannedEvent */

const scheme = visibuild()

/**
 * Sends as Visibuild does, on a faster clock: it retries by its schedule until it gets a 2xx or the schedule is used up,
 * and ignores everything else in an answer.
 *
 * @param {readonly PlannedEvent[]} planned
 * @param {object} options
 * @param {import('../types.js').RunSettings} options.run
 * @param {string} options.secret
 * @param {(slot: number, isWrong: boolean) => string} options.urlOf
 * @returns the sent events, a list that grows, and a promise for the end
 */
export function sendEvents(planned, { run, secret, urlOf }) {
  const { seed, speed, answerTimeoutMs } = run
  const sender = createSender({ scheme, secret })
  const slots = limitConcurrency(run.concurrency)
  let isStopped = false
  /** @type {SentEvent[]} */
  const events = planned.map(({ id }) => ({ id, deliveries: [], isAccepted: false, isOver: false }))
  const over = Promise.all(
    planned.map((plan, index) => sendEvent(plan, /** @type {SentEvent} */ (events[index]))),
  )
  return {
    events,
    over,
    stop() {
      isStopped = true
    },
  }

  /**
   * @param {PlannedEvent} plan
   * @param {SentEvent} event
   */
  async function sendEvent(plan, event) {
    await sleep(plan.startMs)
    for (const [index, seconds] of (scheme.retries ?? []).entries()) {
      await sleep((seconds * 1_000) / speed)
      if (isStopped) return
      const attempt = index + 1
      const slot = Math.floor(seededRandom(seed, plan.id, attempt, 'receiver') * 3)
      const targets = attempt === 1 && plan.isDoubled ? [slot, (slot + 1) % 3] : [slot]
      const signed = await slots.run(async () => {
        // Signed with the time of this attempt. If two receivers get it, they get the same bytes.
        const request = sender.sign({
          body: plan.body,
          event: 'ticket.created',
          id: plan.id,
          headers: { 'x-faults-attempt': String(attempt) },
        })
        const copies = Array.from({ length: attempt === 1 ? plan.copies : 0 }, async (_, copy) => {
          await sleep(copy * 10)
          // The sender does not see the answers to these.
          await deliver(event, request, 0, copy % 3)
        })
        const answers = await Promise.all(targets.map((target) => deliver(event, request, attempt, target)))
        await Promise.all(copies)
        return answers.some(isSuccess) ? request : undefined
      })
      if (!signed) continue
      event.isAccepted = true
      if (plan.replayAfterMs === undefined) break
      await sleep(plan.replayAfterMs)
      await slots.run(() => deliver(event, signed, 0, (slot + 2) % 3))
      break
    }
    event.isOver = true
  }

  /**
   * @param {SentEvent} event
   * @param {import('@countersign/testing').SignedRequest} request
   * @param {number} attempt
   * @param {number} slot
   */
  async function deliver(event, request, attempt, slot) {
    const sentAt = monotonic()
    const sent = await sendRequest(
      { ...request, url: urlOf(slot, seededRandom(seed, event.id, attempt, 'wrong') < 0.1) },
      { timeoutMs: answerTimeoutMs },
    ).then(
      ({ status, body }) => ({ status, answer: body }),
      (error) => ({ status: undefined, answer: String(Object(error).code ?? error) }),
    )
    event.deliveries.push({ attempt, slot, sentAt, endedAt: monotonic(), ...sent })
    return sent.status
  }
}

/** @param {number | undefined} status */
export function isSuccess(status) {
  return status !== undefined && status >= 200 && status <= 299
}
