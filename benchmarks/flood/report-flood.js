import { figure, sizeName } from '../report/format.js'
import { floodMarks, growthBytes } from './flood-marks.js'

/** @typedef {import('./measure-flood.js').FloodResult} FloodResult */
/** @typedef {import('./measure-flood.js').FloodRow} FloodRow */
/** @typedef {import('../load/make-requests.js').Kind} Kind */

/** @type {readonly (readonly [Kind, string])[]} */
const kinds = [
  ['accepted', 'accepted'],
  ['unsigned', 'no signature'],
  ['malformed', 'malformed signature'],
  ['oversized', 'announced as too large'],
  ['wrong', 'wrong signature'],
]

/**
 * @param {FloodResult} result
 * @returns {import('../family.js').Report}
 */
export function reportFlood({ bytes, connections, rows }) {
  return {
    tables: [rateTable(rows, bytes, connections), memoryTable(rows), ...rows.map(senderTable)],
    plots: [ratePlot(rows), senderPlot(rows)],
    marks: floodMarks(rows),
    skipped: rows
      .filter(({ memory }) => memory.forged < memory.wanted)
      .map(
        ({ framework, memory }) =>
          `${framework}: memory was sampled during ${figure(memory.forged)} of ${figure(memory.wanted)} forged requests, because the time was over.`,
      ),
  }
}

/**
 * @param {FloodResult['rows']} rows
 * @param {number} bytes
 * @param {number} connections
 */
function rateTable(rows, bytes, connections) {
  return {
    title: `Requests of ${sizeName(bytes)} per second, ${connections} connections, divided by accepted ones: median of rounds (p25-p75); above 1 is faster`,
    columns: ['', ...rows.flatMap(({ framework }) => [framework, 'requests/s', 'server busy'])],
    rows: kinds.map(([kind, name]) => [
      name,
      ...rows.flatMap(({ rates: { [kind]: rate } }) => [
        spread(rate.ratio),
        figure(Math.round(rate.perSecond)),
        `${Math.round(100 * rate.busy)} %`,
      ]),
    ]),
  }
}

/** @param {FloodResult['rows']} rows */
function memoryTable(rows) {
  const pair = (/** @type {{ first: number, last: number }} */ { first, last }) =>
    `${megabytes(first)} / ${megabytes(last)}`
  return {
    title:
      'Memory after garbage collection while forged requests arrive, in MB: median of the first fifth / of the last fifth',
    columns: [
      '',
      'forged requests',
      'heap and external',
      'growth',
      'resident',
      'growth',
      'lines logged in all',
    ],
    rows: rows.map(({ framework, memory }) => [
      framework,
      figure(memory.forged),
      pair(memory.used),
      megabytes(growthBytes(memory.used)),
      pair(memory.rss),
      megabytes(growthBytes(memory.rss)),
      figure(memory.loggedLines),
    ]),
  }
}

/** @param {FloodRow} row */
function senderTable({ framework, goodSender: { capacity, bytes, perSecond, levels } }) {
  return {
    title: `${framework}: latency of one good sender with ${perSecond} deliveries of ${sizeName(bytes)} per second among wrong signatures; the server's capacity is ${figure(Math.round(capacity))} of these per second`,
    columns: ['flood', 'forged/s', 'deliveries', 'p50 in ms', 'p99 in ms', 'p50 / quiet p50 (p25-p75)'],
    rows: levels.map(({ share, servedPerSecond, samples, p50Ms, p99Ms, ratio }) => [
      levelName(share),
      figure(Math.round(servedPerSecond)),
      figure(samples),
      figure(p50Ms),
      figure(p99Ms),
      spread(ratio),
    ]),
  }
}

/** @param {FloodResult['rows']} rows */
function ratePlot(rows) {
  return {
    name: 'flood-rate',
    title: 'Requests of 64 kB per second, divided by accepted ones',
    unit: 'divided by accepted requests',
    kind: /** @type {const} */ ('bars'),
    categories: kinds.map(([, name]) => name),
    series: rows.map(({ framework, rates }) => ({
      name: framework,
      values: kinds.map(([kind]) => rates[kind].ratio.median),
      low: kinds.map(([kind]) => rates[kind].ratio.p25),
      high: kinds.map(([kind]) => rates[kind].ratio.p75),
    })),
    goal: { value: 2, label: 'at least 2 without the body' },
  }
}

/** @param {FloodResult['rows']} rows */
function senderPlot(rows) {
  return {
    name: 'flood-good-sender',
    title: 'Latency of one good sender among forged requests',
    unit: 'p50 / p50 without a flood',
    kind: /** @type {const} */ ('bars'),
    categories: (rows[0]?.goodSender.levels ?? []).map(({ share }) => levelName(share)),
    series: rows.map(({ framework, goodSender: { levels } }) => ({
      name: framework,
      values: levels.map(({ ratio }) => ratio.median),
      low: levels.map(({ ratio }) => ratio.p25),
      high: levels.map(({ ratio }) => ratio.p75),
    })),
    goal: { value: 2, label: 'at most 2 at half of the capacity' },
  }
}

/** @param {number | null} share */
function levelName(share) {
  if (share === null) return 'saturated'
  return share === 0 ? 'none' : `${100 * share} % of capacity`
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1)
}

/** @param {import('../statistics.js').Spread} ratio */
function spread({ median, p25, p75 }) {
  return `${median.toFixed(2)} (${p25.toFixed(2)}-${p75.toFixed(2)})`
}
