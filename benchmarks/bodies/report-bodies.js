/** @typedef {import('./measure-bodies.js').BodyRow} BodyRow */

/** Twice the bytes of the body, plus what Node.js itself holds for a connection. */
const most = 2.5

/** @param {readonly BodyRow[]} rows */
export function renderBodies(rows) {
  const names = rows[0]?.cells.map(({ load }) => load) ?? []
  return [
    'Bodies that do not end: bytes held for each received byte (and the peak growth of the process)',
    `  ${''.padEnd(16)}${names.map((name) => name.padStart(24)).join('')}`,
    ...rows.map(
      ({ adapter, cells }) =>
        `  ${adapter.padEnd(16)}${cells
          .map(({ heldPerByte, peakPerByte }) =>
            `${heldPerByte.toFixed(2)} (${peakPerByte.toFixed(1)})`.padStart(24),
          )
          .join('')}`,
    ),
    '',
  ].join('\n')
}

/**
 * @param {readonly BodyRow[]} rows
 * @returns {import('../render-marks.js').Mark[]}
 */
export function bodyMarks(rows) {
  return rows
    .filter(({ adapter }) => adapter !== 'express.raw()')
    .map(({ adapter, cells }) => {
      const value = cells.find(({ load }) => load === 'one-byte chunks')?.heldPerByte ?? Number.NaN
      return {
        name: `${adapter}, bytes held / one-byte chunks`,
        limit: `<= ${most.toFixed(2)}`,
        value,
        isMet: value <= most,
      }
    })
}
