/** @typedef {import('../types.js').Evidence} Evidence */
/** @typedef {import('../types.js').Violation} Violation */

const keptStates = ['failed', 'held', 'acked', 'orphaned']

/**
 * Finds lost events: the sender does not retry any more, there is no effect, and no record shows it to an operator.
 *
 * @param {Evidence} evidence
 * @returns {Violation[]}
 */
export function findLost({ events, effects, records }) {
  const done = new Set(effects.map(({ event }) => event))
  return events
    .filter(({ id }) => !done.has(id) && !isKept(records.get(id)))
    .map(({ id, isAccepted, isOver }) => {
      const why = isAccepted
        ? 'was answered 2xx'
        : isOver
          ? 'used up its schedule'
          : 'was not sent to the end of its schedule'
      return { rule: 'lost', event: id, text: `${id} ${why}, has no effect and is not kept` }
    })
}

/** @param {import('@countersign/core').DeliveryRecord | undefined} record */
export function isKept(record) {
  return record !== undefined && keptStates.includes(record.state)
}
