import { isSuccess } from './sender/send-events.js'

/** @typedef {import('./run-once.js').RunResult} RunResult */
/** @typedef {readonly [name: string, width: number, value: (result: RunResult) => string | number]} Column */

/** @type {readonly Column[]} */
const columns = [
  ['store', 8, ({ run }) => run.store],
  ['form', 13, ({ run }) => run.form],
  ['seed', 7, ({ run }) => run.seed],
  ['events', 6, ({ evidence }) => evidence.events.length],
  ['sent', 6, ({ evidence }) => evidence.events.reduce((sum, { deliveries }) => sum + deliveries.length, 0)],
  ['restarts', 8, ({ caused }) => caused.restarts],
  ['slow', 4, ({ caused }) => caused.slowSpells],
  ['failures', 8, ({ evidence }) => evidence.journal.filter(({ kind }) => kind === 'handler-failed').length],
  ['effects', 7, ({ evidence }) => evidence.effects.length],
  ['lost', 4, ({ verdict }) => verdict.lost],
  ['kept', 4, ({ verdict }) => verdict.kept],
  ['unrecorded', 10, ({ verdict }) => verdict.unrecorded],
  ['seconds', 7, ({ seconds }) => seconds.toFixed(0)],
  ['doubles', 26, ({ verdict }) => listCounts(verdict.doubles)],
  ['kills', 0, ({ evidence }) => listCounts(countKills(evidence))],
]

export function renderHead() {
  return columns.map(([name, width]) => name.padEnd(width)).join('  ')
}

/** @param {RunResult} result */
export function renderResult(result) {
  return columns.map(([, width, value]) => String(value(result)).padEnd(width)).join('  ')
}

/**
 * Counts the answers that the sender got.
 *
 * @param {RunResult} result
 */
export function renderAnswers({ evidence }) {
  /** @type {Record<string, number>} */
  const counts = {}
  for (const { status, answer } of evidence.events.flatMap(({ deliveries }) => deliveries)) {
    const said = status === undefined ? answer : `${status} ${answer.replace(/^.*:"|"}.*$/g, '')}`
    counts[said] = (counts[said] ?? 0) + 1
  }
  const given = evidence.events.filter(
    ({ deliveries }) => !deliveries.some(({ status }) => isSuccess(status)),
  )
  return `  answers to the sender: ${listCounts(counts)}; given up: ${given.length}`
}

/** @param {import('./types.js').Evidence} evidence */
function countKills({ journal, killed }) {
  /** @type {Record<string, number>} */
  const places = {}
  for (const { kind, detail } of journal) if (kind === 'kill') places[detail] = (places[detail] ?? 0) + 1
  const own = Object.values(places).reduce((sum, count) => sum + count, 0)
  return { ...places, outside: killed.size - own }
}

/** @param {Readonly<Record<string, number>>} counts */
function listCounts(counts) {
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a)
  const sum = entries.reduce((total, [, count]) => total + count, 0)
  return entries.length === 0
    ? '0'
    : `${sum} (${entries.map(([name, count]) => `${name} ${count}`).join(', ')})`
}
