/** @typedef {import('./run-demo.js').Group} Group */
/** @typedef {import('./run-demo.js').Row} Row */

const codes = { bold: 1, dim: 2, red: 31, green: 32 }

/**
 * The table: a group for each scheme, a line for each delivery, and a summary.
 *
 * @param {readonly Group[]} groups
 * @param {{ url: string, colour: boolean }} options
 */
export function renderTable(groups, { url, colour }) {
  /** @type {(style: keyof typeof codes, text: string) => string} */
  const paint = (style, text) => (colour ? `\u001b[${codes[style]}m${text}\u001b[0m` : text)
  const rows = groups.flatMap((group) => group.rows)
  const nameWidth = widthOf(rows.map(({ name }) => name))
  const outcomeWidth = widthOf(['outcome', ...rows.map(({ outcome }) => outcome)])

  /** @type {(row: Row) => string} */
  const line = ({ name, status, outcome, runs, problems }) => {
    const isExpected = problems.length === 0
    const mark = isExpected ? paint('green', '✔') : paint('red', '✘')
    const cells = `${name.padEnd(nameWidth)}  ${status}     ${outcome.padEnd(outcomeWidth)}  ${runs}`
    return `  ${mark} ${cells}${isExpected ? '' : paint('red', `   ${problems.join(', ')}`)}`
  }
  const head = `    ${'case'.padEnd(nameWidth)}  status  ${'outcome'.padEnd(outcomeWidth)}  handler runs`
  const tables = groups.map(({ sender, rows: own }) =>
    [`${paint('bold', sender.scheme.name)}  ${paint('dim', sender.note)}`, ...own.map(line)].join('\n'),
  )
  return `\n${[`Deliveries to ${url}/webhooks/<scheme>\n${paint('dim', head)}`, ...tables, summary(rows, paint)].join('\n\n')}\n\n`
}

/**
 * @param {readonly Row[]} rows
 * @param {(style: keyof typeof codes, text: string) => string} paint
 */
function summary(rows, paint) {
  const wrong = rows.filter(({ problems }) => problems.length > 0).length
  const runs = rows.reduce((sum, row) => sum + row.runs, 0)
  const counts = `${rows.length} deliveries, ${runs} handler runs`
  if (wrong > 0) return paint('red', `✘ ${counts}: ${wrong} not as expected`)
  return paint('green', `✔ ${counts}: all as expected`)
}

/** @param {readonly string[]} texts */
function widthOf(texts) {
  return Math.max(0, ...texts.map((text) => text.length))
}
