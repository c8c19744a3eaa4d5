import { figure, sizeName } from '../report/format.js'
import { serverMarks } from './server-marks.js'

/** @typedef {import('./compare-frameworks.js').ServerResult} ServerResult */
/** @typedef {import('./compare-routes.js').Cell} Cell */
/** @typedef {import('../statistics.js').Spread} Spread */

/**
 * @param {ServerResult} result
 * @returns {import('../family.js').Report}
 */
export function reportServers({ connections, rows, skipped }) {
  const sizes = rows[0]?.cells.map(({ bytes }) => bytes) ?? []
  return {
    tables: sizes.flatMap((bytes, place) => {
      const cells = rows.map(({ framework, cells }) => ({
        framework,
        cell: /** @type {Cell} */ (cells[place]),
      }))
      return [ratioTable(bytes, connections, cells), scaleTable(bytes, cells)]
    }),
    plots: [
      plot(rows, 'server-rate', 'Requests per second with webhook() and its memory store', 'rate', 0.97),
      plot(
        rows,
        'server-p99',
        '99th percentile of the latency with webhook() and its memory store',
        'p99',
        1.1,
      ),
    ],
    marks: serverMarks(rows),
    skipped,
  }
}

/** @typedef {readonly { readonly framework: string, readonly cell: Cell }[]} Cells */

/**
 * @param {number} bytes
 * @param {number} connections
 * @param {Cells} cells
 */
function ratioTable(bytes, connections, cells) {
  return {
    title: `Divided by the snippet in the same framework, bodies of ${sizeName(bytes)}, ${connections} connections: median (p25-p75)`,
    columns: ['', 'requests/s', 'requests/s, no dedupe', 'p50', 'p99', 'p50, no dedupe', 'p99, no dedupe'],
    rows: cells.map(({ framework, cell: { rate, p50, p99 } }) => [
      framework,
      spread(rate.webhook),
      spread(rate['no-dedupe']),
      spread(p50.webhook),
      spread(p99.webhook),
      spread(p50['no-dedupe']),
      spread(p99['no-dedupe']),
    ]),
  }
}

/**
 * @param {number} bytes
 * @param {Cells} cells
 */
function scaleTable(bytes, cells) {
  return {
    title: `The snippet and webhook(), bodies of ${sizeName(bytes)}: only to show the scale`,
    columns: [
      '',
      'requests/s',
      'p50 in ms',
      'p99 in ms',
      'latencies per route',
      'server busy',
      'generator busy',
    ],
    rows: cells.map(({ framework, cell: { medians, samples, busy, generatorBusy } }) => [
      framework,
      both(medians, 'perSecond'),
      both(medians, 'p50Ms'),
      both(medians, 'p99Ms'),
      figure(samples),
      percent(busy),
      percent(generatorBusy),
    ]),
  }
}

/**
 * @param {ServerResult['rows']} rows
 * @param {string} name
 * @param {string} title
 * @param {'rate' | 'p99'} measure
 * @param {number} goal
 */
function plot(rows, name, title, measure, goal) {
  const sizes = rows[0]?.cells.map(({ bytes }) => bytes) ?? []
  return {
    name,
    title,
    unit: 'divided by the snippet',
    kind: /** @type {const} */ ('bars'),
    categories: rows.map(({ framework }) => framework),
    series: sizes.map((bytes, place) => {
      const spreads = rows.map(({ cells }) => cells[place]?.[measure].webhook)
      return {
        name: sizeName(bytes),
        values: spreads.map((ratio) => ratio?.median ?? null),
        low: spreads.map((ratio) => ratio?.p25 ?? null),
        high: spreads.map((ratio) => ratio?.p75 ?? null),
      }
    }),
    goal: { value: goal, label: `${measure === 'rate' ? 'at least' : 'at most'} ${figure(goal)}` },
  }
}

/**
 * @param {Cell['medians']} medians
 * @param {'perSecond' | 'p50Ms' | 'p99Ms'} measure
 */
function both(medians, measure) {
  return `${figure(medians.snippet[measure])} / ${figure(medians.webhook[measure])}`
}

/** @param {Spread} ratio */
function spread({ median, p25, p75 }) {
  return `${median.toFixed(2)} (${p25.toFixed(2)}-${p75.toFixed(2)})`
}

/** @param {number} share */
function percent(share) {
  return `${Math.round(100 * share)} %`
}
