/** @typedef {import('./measure-big-bodies.js').BigRow} BigRow */
/** @typedef {import('./measure-big-bodies.js').BigCell} BigCell */

/** For each byte of a body: the body itself, and once more its text or its parts. */
const peakAtMost = 2.2
export const peer = 'express.raw()'

/** @param {readonly BigRow[]} rows @returns {import('../family.js').Report} */
export function reportBigBodies(rows) {
  const sizes = rows[0]?.cells.map(({ bytes }) => nameSize(bytes)) ?? []
  /** @param {string} title @param {(cell: BigCell) => string} write */
  const table = (title, write) => ({
    title,
    columns: ['adapter', ...sizes],
    rows: rows.map(({ adapter, cells }) => [adapter, ...cells.map(write)]),
  })
  return {
    tables: [
      table('Big bodies: peak memory above the idle server, for each byte of the body', ({ peakPerByte }) =>
        peakPerByte.median.toFixed(2),
      ),
      table(
        'Big bodies: time from the last byte to the answer (divided by one SHA-256 of the body)',
        ({ verdictMs, toHash }) => `${verdictMs.median.toFixed(1)} ms (${toHash.median.toFixed(1)})`,
      ),
    ],
    plots: [
      {
        name: 'big-bodies-peak',
        title: 'Big bodies: peak memory above the idle server',
        unit: 'bytes for each byte of the body',
        kind: 'bars',
        categories: rows.map(({ adapter }) => adapter),
        series: sizes.map((name, index) => {
          const peaks = rows.map(({ cells }) => cells[index]?.peakPerByte)
          return {
            name,
            values: peaks.map((peak) => peak?.median ?? null),
            low: peaks.map((peak) => peak?.p25 ?? null),
            high: peaks.map((peak) => peak?.p75 ?? null),
          }
        }),
        goal: { value: peakAtMost, label: `goal: ${peakAtMost}` },
      },
    ],
    marks: rows.filter(({ adapter }) => adapter !== peer).map(markOf),
    skipped: [],
  }
}

/** @param {BigRow} row @returns {import('../family.js').Mark} */
function markOf({ adapter, cells }) {
  const [worst] = cells
    .map(({ bytes, peakPerByte }) => ({ value: peakPerByte.median, where: nameSize(bytes) }))
    .sort((a, b) => b.value - a.value)
  const { value, where } = worst ?? { value: Number.NaN, where: 'no size' }
  return {
    name: `bodies: ${adapter}, peak memory / big body`,
    most: peakAtMost,
    value,
    isMet: value <= peakAtMost,
    where,
  }
}

/** @param {number} bytes */
function nameSize(bytes) {
  return `${bytes / 2 ** 20} MiB`
}
