/** @typedef {import('./compare-stores.js').StoreFigures} StoreFigures */

/** @param {StoreFigures} figures */
export function renderStores({ rows, memory }) {
  const width = Math.max(...rows.map(({ comparison }) => comparison.name.length))
  return [
    'Stores: time of claim and complete, divided by that of two raw commands of the same client (p25-p75)',
    ...rows.map(({ comparison, measured }) => {
      const name = comparison.name.padEnd(width)
      if (!measured) return `${name}  not measured: the server is not running`
      const { ratio, ourNs, peerNs } = measured
      const range = `(${ratio.p25.toFixed(2)}-${ratio.p75.toFixed(2)})`
      return `${name}  ${ratio.median.toFixed(2)} ${range}  ${micros(ourNs)} and ${micros(peerNs)} µs`
    }),
    `memory: ${million(memory.claimsPerSecond)} million claims a second with up to ${count(memory.live)} live, ${million(memory.claimsPerSecondUpToIds)} with up to ${count(memory.ids)};`,
    `  ${million(memory.eventsPerSecond)} million claimed and completed; ${memory.bytesPerId.toFixed(0)} bytes kept per id at ${count(memory.ids)} ids`,
    '',
  ].join('\n')
}

/**
 * @param {StoreFigures} figures
 * @returns {import('../render-marks.js').Mark[]}
 */
export function storeMarks({ rows, memory }) {
  const marks = rows.flatMap(({ comparison: { name, limit }, measured }) =>
    limit === undefined || !measured ? [] : [atMost(`${name} / raw commands`, limit, measured.ratio.median)],
  )
  const claims = memory.claimsPerSecond / 1e6
  return [
    ...marks,
    { name: 'memory store, million claims a second', limit: '>= 1.00', value: claims, isMet: claims >= 1 },
    atMost('memory store, bytes per id', 200, memory.bytesPerId),
  ]
}

/**
 * @param {string} name
 * @param {number} most
 * @param {number} value
 */
function atMost(name, most, value) {
  return { name, limit: `<= ${most.toFixed(2)}`, value, isMet: value <= most }
}

/** @param {number} ns */
function micros(ns) {
  return (ns / 1000).toFixed(1)
}

/** @param {number} value */
function million(value) {
  return (value / 1e6).toFixed(2)
}

/** @param {number} value */
function count(value) {
  return value.toLocaleString('en-US')
}
