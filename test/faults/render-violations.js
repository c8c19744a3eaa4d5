/** @typedef {import('./types.js').Evidence} Evidence */

/** A limit for each rule, so that one rule does not hide the others. */
const shown = 3

/**
 * Shows the affected events, with what the sender, the receivers and the store know of each.
 *
 * @param {import('./run-once.js').RunResult} result
 */
export function renderViolations({ evidence, verdict }) {
  const rules = [...new Set(verdict.violations.map(({ rule }) => rule))]
  return rules
    .flatMap((rule) => {
      const broken = verdict.violations.filter((violation) => violation.rule === rule)
      return [
        `  FAILED: ${rule}: ${broken.length} times`,
        ...broken
          .slice(0, shown)
          .flatMap(({ event, text }) => [
            `    ${text}`,
            ...(event === undefined ? [] : describeEvent(evidence, event)),
          ]),
      ]
    })
    .join('\n')
}

/**
 * @param {Evidence} evidence
 * @param {string} id
 */
function describeEvent({ events, effects, journal, records, killed }, id) {
  const start = events[0]?.deliveries[0]?.sentAt ?? 0
  const time = (/** @type {number} */ at) => `${(at - start).toFixed(1).padStart(9)} ms`
  const sent = (events.find((event) => event.id === id)?.deliveries ?? []).map((delivery) => {
    const { attempt, slot, sentAt, endedAt, status, answer } = delivery
    const name = attempt === 0 ? 'replay' : `attempt ${attempt}`
    return {
      at: sentAt,
      text: `sender: ${name} to receiver ${slot}: ${status ?? 'none'} ${answer}, after ${Math.round(endedAt - sentAt)} ms`,
    }
  })
  const had = effects
    .filter(({ event }) => event === id)
    .map(({ at, process, attempt }) => ({
      at,
      text: `ledger: effect of receiver ${process}, claim ${attempt}`,
    }))
  const noted = journal
    .filter(({ event }) => event === id)
    .map(({ at, process, kind, attempt, detail, began }) => {
      const end = killed.has(process) ? ' (killed later)' : ''
      return {
        at,
        text: `receiver ${process}${end}: claim ${attempt}: ${kind} ${detail}, begun ${(at - began).toFixed(1)} ms before`,
      }
    })
  const history = [...sent, ...had, ...noted].sort((a, b) => a.at - b.at)
  return [
    ...history.map(({ at, text }) => `      ${time(at)}  ${text}`),
    `      the store's record: ${JSON.stringify(records.get(id) ?? 'none')}`,
  ]
}
