/** @typedef {import('./compare-throughput.js').ThroughputRow} ThroughputRow */

const least = 0.95

/** @param {readonly ThroughputRow[]} rows */
export function renderThroughput(rows) {
  return [
    "Express 5: requests per second by the snippet's, median of slices run by turns (p25-p75); above 1 is faster",
    ...rows.flatMap(({ bytes, perSecond, toSnippet, withoutDedupe, dedupe, busy }) => [
      `bodies of ${bytes / 1024} kB (the server was busy ${Math.round(100 * busy)} % of the time)`,
      line('snippet', perSecond.snippet, ''),
      line('webhook()', perSecond.webhook, spread(toSnippet)),
      line('webhook(), identity none', perSecond['no-dedupe'], spread(withoutDedupe)),
      `  with dedupe / without it${spread(dedupe).padStart(31)}`,
    ]),
    '',
  ].join('\n')
}

/**
 * @param {readonly ThroughputRow[]} rows
 * @returns {import('../render-marks.js').Mark[]}
 */
export function throughputMarks(rows) {
  return rows.map(({ bytes, toSnippet }) => ({
    name: `Express with webhook() / snippet, ${bytes / 1024} kB`,
    limit: `>= ${least.toFixed(2)}`,
    value: toSnippet.median,
    isMet: toSnippet.median >= least,
  }))
}

/**
 * @param {string} name
 * @param {number} perSecond
 * @param {string} ratio
 */
function line(name, perSecond, ratio) {
  return `  ${name.padEnd(26)}${String(Math.round(perSecond)).padStart(7)} /s${ratio.padStart(20)}`
}

/** @param {import('../statistics.js').Spread} ratio */
function spread({ median, p25, p75 }) {
  return `${median.toFixed(2)} (${p25.toFixed(2)}-${p75.toFixed(2)})`
}
