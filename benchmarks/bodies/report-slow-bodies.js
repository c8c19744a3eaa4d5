import { peer } from './report-big-bodies.js'

/** @typedef {import('./measure-slow-bodies.js').SlowRow} SlowRow */

/** Twice the bytes of the body, plus what Node.js itself holds for a connection. */
const heldAtMost = 2.5

/** @param {readonly SlowRow[]} rows @returns {import('../family.js').Report} */
export function reportSlowBodies(rows) {
  return {
    tables: [
      {
        title:
          'Bodies that do not end: bytes held for each received byte (and the peak growth of the process)',
        columns: ['adapter', ...(rows[0]?.cells.map(({ load }) => load) ?? [])],
        rows: rows.map(({ adapter, cells }) => [
          adapter,
          ...cells.map(
            ({ heldPerByte, peakPerByte }) => `${heldPerByte.toFixed(2)} (${peakPerByte.toFixed(1)})`,
          ),
        ]),
      },
    ],
    plots: [],
    marks: rows
      .filter(({ adapter }) => adapter !== peer)
      .map(({ adapter, cells }) => {
        const value = cells.find(({ load }) => load === 'one-byte chunks')?.heldPerByte ?? Number.NaN
        return {
          name: `bodies: ${adapter}, bytes held / one-byte chunks`,
          most: heldAtMost,
          value,
          isMet: value <= heldAtMost,
        }
      }),
    skipped: [],
  }
}
