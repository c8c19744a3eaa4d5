import { handlerLeases } from '../handler-leases.js'
import { leaseStart } from './explain-doubles.js'
import { groupByEvent } from './group-by-event.js'

/** @typedef {import('../types.js').JournalEntry} JournalEntry */
/** @typedef {import('../types.js').Violation} Violation */

/** How much the server's clock and this machine's monotonic clock may drift apart within one lease. */
const leewayMs = 25

/**
 * Checks the store's answers: it grants no claim after a confirmed completion, and never two live leases.
 *
 * @param {Pick<import('../types.js').Evidence, 'journal' | 'leaseMs'>} evidence
 * @returns {Violation[]}
 */
export function checkClaims({ journal, leaseMs }) {
  return [...groupByEvent(journal)].flatMap(([event, entries]) => [
    ...claimedAfterCompletion(event, entries),
    ...claimedTwice(event, entries, leaseMs),
  ])
}

/**
 * @param {string} event
 * @param {readonly JournalEntry[]} entries
 * @returns {Violation[]}
 */
function claimedAfterCompletion(event, entries) {
  const completion = entries.find(isConfirmedCompletion)
  if (!completion) return []
  return entries
    .filter((entry) => isGrant(entry) && entry.began > completion.at)
    .map(() => ({
      rule: 'claimed after completion',
      event,
      text: `${event} was claimed after its completion was confirmed`,
    }))
}

/**
 * @param {string} event
 * @param {readonly JournalEntry[]} entries
 * @param {number} leaseMs
 * @returns {Violation[]}
 */
function claimedTwice(event, entries, leaseMs) {
  const grants = entries.filter(isGrant)
  /** @type {Violation[]} */
  const violations = []
  for (const [index, later] of grants.entries()) {
    for (const earlier of grants.slice(0, index)) {
      const own = entries.filter(
        ({ process, attempt }) => process === earlier.process && attempt === earlier.attempt,
      )
      if (earlier.process === later.process && earlier.attempt === later.attempt) continue
      const isGivenBack = own.some(({ kind, began }) => isEnd(kind) && began <= later.at)
      const renewedUntil = leaseStart(own, later.began) + leaseMs
      const longest = earlier.began + handlerLeases * leaseMs
      const isLive = later.at < Math.min(renewedUntil, longest) - leewayMs
      if (!isGivenBack && isLive)
        violations.push({
          rule: 'claimed twice',
          event,
          text: `${event} was claimed by ${later.process} while ${earlier.process} had a live lease`,
        })
    }
  }
  return violations
}

/** @param {JournalEntry} entry */
function isGrant({ kind, detail }) {
  return kind === 'claim' && detail === 'claimed'
}

/** @param {JournalEntry} entry */
function isConfirmedCompletion({ kind, detail }) {
  return kind === 'committed' || ((kind === 'complete' || kind === 'confirm') && detail === 'true')
}

/** @param {JournalEntry['kind']} kind */
function isEnd(kind) {
  return ['release', 'fail', 'complete', 'complete-in', 'committed'].includes(kind)
}
