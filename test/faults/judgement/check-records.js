import { groupByEvent } from './group-by-event.js'

/** @typedef {import('../types.js').Evidence} Evidence */
/** @typedef {import('../types.js').Violation} Violation */

/**
 * Checks that the store's records agree with the answers that the sender got. If the store could not write a completion,
 * the answer is still 2xx and `onStoreError` is called: such an event may have no record.
 *
 * @param {Evidence} evidence
 * @returns {{ violations: Violation[], unrecorded: number }}
 */
export function checkRecords({ events, records, effects, journal, form }) {
  const entriesOf = groupByEvent(journal)
  /** @type {Violation[]} */
  const violations = []
  let unrecorded = 0
  for (const { id, isAccepted } of events) {
    const state = records.get(id)?.state
    const isEnded = state === 'completed' || state === 'failed' || state === 'orphaned'
    if (isAccepted && !isEnded) {
      const isTold = form === 'plain' && hasStoreErrorAfterEffect(entriesOf.get(id) ?? [])
      if (isTold) unrecorded += 1
      else
        violations.push({
          rule: 'no record',
          event: id,
          text: `${id} was answered 2xx, and its record is ${state}`,
        })
    }
    if (state === 'claimed' || state === 'acked' || state === 'held')
      violations.push({
        rule: 'left claimed',
        event: id,
        text: `${id} is ${state} after all leases have ended`,
      })
  }
  for (const event of form === 'transactional' ? new Set(effects.map(({ event }) => event)) : []) {
    const state = records.get(event)?.state
    if (state !== 'completed')
      violations.push({
        rule: 'effect alone',
        event,
        text: `${event} has its effect committed, and its record is ${state}`,
      })
  }
  const known = new Set(events.map(({ id }) => id))
  for (const id of records.keys()) {
    if (!known.has(id)) violations.push({ rule: 'unknown record', event: id, text: `${id} was never sent` })
  }
  return { violations, unrecorded }
}

/** @param {readonly import('../types.js').JournalEntry[]} entries sorted by time */
function hasStoreErrorAfterEffect(entries) {
  return entries.some(
    (effect, index) =>
      effect.kind === 'effect' &&
      entries.slice(index).some(({ kind, attempt }) => kind === 'store-error' && attempt === effect.attempt),
  )
}
