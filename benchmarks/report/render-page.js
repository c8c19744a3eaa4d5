import { machineLine } from './describe-machine.js'
import { figure, limitOf } from './format.js'
import { introduction } from './introduction.js'
import { reasonFor } from './missed.js'

/** @typedef {import('../family.js').AnyFamily} AnyFamily */
/** @typedef {import('../family.js').Mark} Mark */
/** @typedef {import('../family.js').Table} Table */
/** @typedef {import('./results.js').FamilyResult} FamilyResult */

/**
 * @param {readonly AnyFamily[]} families
 * @param {import('./results.js').Results} results
 */
export function renderPage(families, results) {
  const sections = families.flatMap((family) => {
    const result = results[family.name]
    return result ? [renderFamily(family, result)] : []
  })
  return [introduction, ...sections].join('\n')
}

/**
 * @param {AnyFamily} family
 * @param {FamilyResult} stored
 */
function renderFamily(family, stored) {
  const { tables, plots, marks, skipped } = family.report(stored.result)
  const flags = `${stored.plan === 'full' ? '' : `--${stored.plan} `}--only ${family.name} --write`
  return [
    `## ${family.title}`,
    `Measured on ${stored.date} in ${stored.seconds} s by \`pnpm bench ${flags}\`: ${machineLine(stored.machine)}.`,
    ...plots.map(({ name, title, unit }) => `![${title}: ${unit}](performance/${name}.svg)`),
    ...(marks.length > 0 ? [renderTable(markTable(marks))] : []),
    ...renderReasons(marks.filter(({ isMet }) => !isMet)),
    ...tables.map((table) => `**${escapeText(table.title)}**\n\n${renderTable(table)}`),
    ...skipped.map((sentence) => `Not measured: ${escapeText(sentence)}`),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n')
}

/**
 * @param {readonly Mark[]} marks
 * @returns {Table}
 */
function markTable(marks) {
  return {
    title: '',
    columns: ['mark', 'to reach', 'measured', '', 'worst at'],
    rows: marks.map((mark) => [
      mark.name,
      limitOf(mark),
      figure(mark.value),
      mark.isMet ? 'met' : 'missed',
      mark.where ?? '',
    ]),
  }
}

/**
 * A paragraph for all marks that were missed for the same reason.
 *
 * @param {readonly Mark[]} marks
 */
function renderReasons(marks) {
  const reasons = new Set(marks.map(({ name }) => reasonFor(name)))
  return [...reasons].map((reason) => {
    const names = marks.filter(({ name }) => reasonFor(name) === reason).map(({ name }) => name)
    return `Missed, ${names.map(escapeText).join('; ')}: ${reason ?? 'nobody has found out why.'}`
  })
}

/** @param {Table} table */
function renderTable({ columns, rows }) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.map(escapeText).join(' | ')} |`
  return [line(columns), `|${columns.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}

/** @param {string} text */
function escapeText(text) {
  return text.replaceAll('<', '&lt;').replaceAll('|', '\\|').replaceAll('*', '\\*')
}
