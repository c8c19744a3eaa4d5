import { sizeName } from '../report/format.js'

/** @typedef {import('./compare.js').Cell} Cell */
/** @typedef {import('./compare.js').Row} Row */
/** @typedef {import('./family.js').Run} Run */
/** @typedef {import('../family.js').Mark} Mark */
/** @typedef {Cell & { readonly where: string, readonly runtime: string, readonly row: Row }} PlacedCell */

const kB = 1024
const small = 8 * kB
const large = 64 * kB
const largest = 1024 * kB

/**
 * One mark for each statement. Its value is of the worst cell.
 *
 * @param {readonly Run[]} runs
 * @returns {Mark[]}
 */
export function verificationMarks(runs) {
  const cells = runs.flatMap(({ runtime, rows }) =>
    rows.flatMap((row) => row.cells.map((cell) => placed(cell, row, runtime))),
  )
  const onNode = cells.filter(({ runtime }) => runtime.startsWith('Node '))
  const others = cells.filter((cell) => !onNode.includes(cell))
  return [
    ...snippetMarks(onNode, 'Node'),
    ...limitMarks(onNode, 'Node'),
    ...snippetMarks(others, 'Bun and Deno'),
    ...limitMarks(others, 'Bun and Deno'),
    ...faster(cells.filter(({ row }) => row.peerKind === 'library')),
  ]
}

/** @param {Cell} cell */
export function limitShare({ ratio }) {
  return 1 / ratio.median
}

/**
 * @param {readonly PlacedCell[]} cells
 * @param {string} runtimes
 */
function snippetMarks(cells, runtimes) {
  const of = (/** @type {boolean} */ parse) =>
    cells.filter(({ row }) => row.peerKind === 'snippet' && row.text === 'ascii' && row.parse === parse)
  const limits = [
    { parse: true, most: 0.85, size: 'up to 8 kB', counts: isSmall },
    { parse: false, most: 0.85, size: 'up to 8 kB', counts: isSmall },
    { parse: true, most: 0.95, size: 'from 64 kB', counts: isLarge },
    { parse: false, most: 0.6, size: 'from 64 kB', counts: isLarge },
  ]
  return limits.flatMap(({ parse, most, size, counts }) => {
    const name = `verify() / snippet, ${parse ? 'with' : 'without'} JSON.parse, ${size}, ${runtimes}`
    return slowest(of(parse).filter(counts)).map(({ ratio: { median }, where }) => ({
      name,
      most,
      value: median,
      isMet: median <= most,
      where,
    }))
  })
}

/**
 * @param {readonly PlacedCell[]} cells
 * @param {string} runtimes
 */
function limitMarks(cells, runtimes) {
  const least = 0.95
  return slowest(cells.filter(({ row, bytes }) => row.peerKind === 'limit' && bytes === largest)).map(
    (cell) => ({
      name: `verify(): share of the speed of SHA-256 at 1 MiB, ${runtimes}`,
      least,
      value: limitShare(cell),
      isMet: limitShare(cell) >= least,
      where: cell.runtime,
    }),
  )
}

/**
 * Equally fast is not faster.
 *
 * @param {readonly PlacedCell[]} cells
 */
function faster(cells) {
  return slowest(cells).map(({ ratio: { median }, where }) => ({
    name: 'verify() / library, each library and size',
    most: 1,
    value: median,
    isMet: median < 1,
    where,
  }))
}

/**
 * @param {readonly PlacedCell[]} cells
 * @returns {readonly PlacedCell[]} none, if there are none
 */
function slowest(cells) {
  return [...cells].sort((a, b) => b.ratio.median - a.ratio.median).slice(0, 1)
}

/**
 * @param {Cell} cell
 * @param {Row} row
 * @param {string} runtime
 * @returns {PlacedCell}
 */
function placed(cell, row, runtime) {
  return { ...cell, row, runtime, where: `${row.name}, ${sizeName(cell.bytes)}, ${runtime}` }
}

/** @param {Cell} cell */
function isSmall({ bytes }) {
  return bytes <= small
}

/** @param {Cell} cell */
function isLarge({ bytes }) {
  return bytes >= large
}
