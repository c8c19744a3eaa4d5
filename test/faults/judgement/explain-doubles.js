import { groupByEvent } from './group-by-event.js'

/** @typedef {import('../types.js').Evidence} Evidence */
/** @typedef {import('../types.js').Effect} Effect */
/** @typedef {import('../types.js').JournalEntry} JournalEntry */

/**
 * Finds out why an event had a second effect. Only three causes are allowed, and the journal of the process with the
 * earlier effect must show one of them: it died before its completion was confirmed, the store failed at the
 * completion, or the lease had really ended by the time of the completion.
 *
 * @param {Evidence} evidence
 * @returns {{ violations: import('../types.js').Violation[], causes: Record<string, number> }}
 */
export function explainDoubles({ form, leaseMs, effects, journal, killed }) {
  const entriesOf = groupByEvent(journal)
  /** @type {Record<string, number>} */
  const causes = {}
  /** @type {import('../types.js').Violation[]} */
  const violations = []
  for (const [event, all] of groupByEvent(effects)) {
    const inOrder = [...all].sort((a, b) => a.at - b.at)
    for (const earlier of inOrder.slice(0, -1)) {
      const entries = (entriesOf.get(event) ?? []).filter((entry) => isOfSameAttempt(entry, earlier))
      const cause = form === 'plain' ? causeOf(earlier, entries, { killed, leaseMs }) : undefined
      if (cause) causes[cause] = (causes[cause] ?? 0) + 1
      else
        violations.push({
          rule: 'doubled',
          event,
          text: `${event} has ${all.length} effects without an allowed cause`,
        })
    }
  }
  return { violations, causes }
}

/**
 * @param {Effect} effect
 * @param {readonly JournalEntry[]} entries of its attempt
 * @param {{ killed: ReadonlySet<string>, leaseMs: number }} facts
 */
function causeOf(effect, entries, { killed, leaseMs }) {
  const after = entries.filter(({ at }) => at >= effect.at)
  const completions = after.filter(({ kind }) => kind === 'complete')
  if (completions.some(({ detail }) => detail === 'true')) return undefined
  const isStoreAtFault = after.some(
    ({ kind, detail }) =>
      (kind === 'store-error' || kind === 'complete') && /_STORE_(UNAVAILABLE|TIMEOUT)$/.test(detail),
  )
  if (isStoreAtFault) return 'store'
  const refused = completions.find(({ detail }) => detail === 'false')
  if (refused) return refused.at - leaseStart(entries, refused.at) >= leaseMs ? 'late' : undefined
  const isSettled = after.some(({ kind }) => ['complete', 'release', 'fail'].includes(kind))
  return !isSettled && killed.has(effect.process) ? 'crash' : undefined
}

/**
 * The earliest time from which the last lease may count: when the store was asked for it.
 *
 * @param {readonly JournalEntry[]} entries
 * @param {number} before
 */
export function leaseStart(entries, before) {
  const grants = entries.filter(
    ({ kind, detail, at }) =>
      at <= before &&
      ((kind === 'claim' && detail === 'claimed') || (kind === 'extend' && detail === 'true')),
  )
  return Math.max(Number.NEGATIVE_INFINITY, ...grants.map(({ began }) => began))
}

/**
 * @param {JournalEntry} entry
 * @param {Effect} effect
 */
function isOfSameAttempt(entry, effect) {
  return entry.process === effect.process && entry.attempt === effect.attempt
}
