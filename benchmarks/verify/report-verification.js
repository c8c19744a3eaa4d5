/** @typedef {import('./compare-verification.js').VerificationRow} VerificationRow */

const smallBytes = 8 * 1024
const largeBytes = 1024 * 1024

/**
 * Prints a line of ratios for each peer, with the interquartile ranges below it.
 *
 * @param {readonly VerificationRow[]} rows
 */
export function renderVerification(rows) {
  const sizes = rows[0]?.cells.map(({ bytes }) => sizeName(bytes)) ?? []
  const width = Math.max(...rows.map(({ comparison }) => comparison.name.length))
  const line = (/** @type {string} */ name, /** @type {readonly string[]} */ cells) =>
    `${name.padEnd(width)}${cells.map((cell) => cell.padStart(12)).join('')}`
  const bare = rows.find(({ comparison }) => comparison.name === 'snippet, {timestamp}.{body}')
  return [
    "verify(): its time divided by the peer's, median of slices run by turns (p25-p75); below 1 is faster",
    line('', sizes),
    ...rows.flatMap(({ comparison, cells }) => [
      line(
        comparison.name,
        cells.map(({ ratio }) => ratio.median.toFixed(2)),
      ),
      line(
        '',
        cells.map(({ ratio }) => `${ratio.p25.toFixed(2)}-${ratio.p75.toFixed(2)}`),
      ),
    ]),
    ...(bare
      ? [
          line(
            'µs of one verify(), {timestamp}.{body}',
            bare.cells.map(({ ourNs }) => microseconds(ourNs)),
          ),
          line(
            'µs of one snippet',
            bare.cells.map(({ peerNs }) => microseconds(peerNs)),
          ),
        ]
      : []),
    '',
  ].join('\n')
}

/**
 * @param {readonly VerificationRow[]} rows
 * @returns {import('../render-marks.js').Mark[]}
 */
export function verificationMarks(rows) {
  return rows
    .filter(({ comparison }) => comparison.isMark)
    .flatMap(({ comparison, cells }) =>
      [
        mark(`verify() / ${comparison.name}, up to 8 kB`, 1.25, (bytes) => bytes <= smallBytes),
        mark(`verify() / ${comparison.name}, 1 MiB`, 0.6, (bytes) => bytes === largeBytes),
      ].map((of) => of(cells)),
    )
}

/**
 * @param {string} name
 * @param {number} most
 * @param {(bytes: number) => boolean} counts
 */
function mark(name, most, counts) {
  return (/** @type {VerificationRow['cells']} */ cells) => {
    const medians = cells.filter(({ bytes }) => counts(bytes)).map(({ ratio }) => ratio.median)
    const worst = Math.max(...medians)
    return { name, limit: `<= ${most.toFixed(2)}`, value: worst, isMet: worst <= most }
  }
}

/** @param {number} bytes */
function sizeName(bytes) {
  if (bytes < 1024) return `${bytes} B`
  return bytes < largeBytes ? `${bytes / 1024} kB` : `${bytes / largeBytes} MiB`
}

/** @param {number} ns */
function microseconds(ns) {
  return (ns / 1000).toFixed(1)
}
