import { figure, limitOf } from './format.js'

/**
 * @param {import('../family.js').AnyFamily} family
 * @param {unknown} result
 * @param {number} seconds that it took to measure
 */
export function renderText(family, result, seconds) {
  const { tables, marks, skipped } = family.report(result)
  const markTable = {
    title: 'Marks',
    columns: ['', 'limit', 'value', '', 'worst at'],
    rows: marks.map((mark) => [
      mark.name,
      limitOf(mark),
      figure(mark.value),
      mark.isMet ? 'met' : 'missed',
      mark.where ?? '',
    ]),
  }
  return [
    `== ${family.title} (${seconds} s)`,
    ...[...tables, ...(marks.length > 0 ? [markTable] : [])].map(renderTable),
    ...skipped.map((sentence) => `SKIPPED: ${sentence}`),
    '',
  ].join('\n')
}

/** @param {import('../family.js').Table} table */
function renderTable({ title, columns, rows }) {
  const lines = [columns, ...rows]
  const widths = columns.map((_, place) => Math.max(...lines.map((line) => line[place]?.length ?? 0)))
  const pad = (/** @type {readonly string[]} */ line) =>
    line
      .map((cell, place) => cell.padEnd(widths[place] ?? 0))
      .join('  ')
      .trimEnd()
  return [`\n${title}`, ...lines.map(pad)].join('\n')
}
