import { sizeName } from '../report/format.js'
import { limitShare, verificationMarks } from './verification-marks.js'

/** @typedef {import('./compare.js').Row} Row */
/** @typedef {import('./family.js').Run} Run */
/** @typedef {import('./family.js').VerifyResult} VerifyResult */

/**
 * @param {VerifyResult} result
 * @returns {import('../family.js').Report}
 */
export function reportVerification({ runs, skipped }) {
  const [here] = runs
  if (here === undefined) throw new Error('No runtime was measured.')
  return {
    tables: [
      ratioTable(`verify() divided by each peer, ${here.runtime}`, here.rows),
      timeTable(here),
      ...runs
        .slice(1)
        .map(({ runtime, version, rows }) =>
          ratioTable(`verify() divided by the snippet, ${runtime} (${version})`, rows),
        ),
    ],
    plots: [
      snippetPlot(here, true, 0.85),
      snippetPlot(here, false, 0.85),
      peerPlot(here),
      runtimePlot(runs),
      limitPlot(runs),
    ],
    marks: verificationMarks(runs),
    skipped,
  }
}

/**
 * @param {string} title
 * @param {readonly Row[]} rows
 */
function ratioTable(title, rows) {
  return {
    title: `${title}: median of slices (p25-p75), below 1 is faster`,
    columns: ['', ...sizesOf(rows).map(sizeName)],
    rows: rows.map((row) => [
      rowName(row),
      ...row.cells.map(
        ({ ratio }) => `${ratio.median.toFixed(2)} (${ratio.p25.toFixed(2)}-${ratio.p75.toFixed(2)})`,
      ),
    ]),
  }
}

/** @param {Run} run */
function timeTable({ runtime, rows }) {
  const row = rows.find(({ peerKind, name, parse }) => peerKind === 'snippet' && name === 'sha256=' && parse)
  const cells = row?.cells ?? []
  const microseconds = (/** @type {number} */ ns) => (ns / 1000).toFixed(1)
  return {
    title: `Microseconds of one call, sha256=, with JSON.parse, ${runtime}: only to show the scale`,
    columns: ['', ...cells.map(({ bytes }) => sizeName(bytes))],
    rows: [
      ['verify()', ...cells.map(({ ourNs }) => microseconds(ourNs))],
      ['snippet', ...cells.map(({ peerNs }) => microseconds(peerNs))],
    ],
  }
}

/**
 * @param {Run} run
 * @param {boolean} parse
 * @param {number} goal
 */
function snippetPlot({ runtime, rows }, parse, goal) {
  const shown = rows.filter(
    (row) => row.peerKind === 'snippet' && row.text === 'ascii' && row.parse === parse,
  )
  return {
    name: parse ? 'verify-snippet-parse' : 'verify-snippet',
    title: `verify() and the documented snippet, ${parse ? 'with' : 'without'} JSON.parse, ${runtime}`,
    unit: 'time / time of the snippet',
    kind: /** @type {const} */ ('lines'),
    categories: sizesOf(shown).map(sizeName),
    series: shown.map((row) => ({ ...ratiosOf(row), name: row.name })),
    goal: { value: goal, label: `at most ${goal} up to 8 kB` },
  }
}

/** @param {Run} run */
function peerPlot({ runtime, rows }) {
  const shown = rows.filter(({ peerKind }) => peerKind === 'library')
  return {
    name: 'verify-libraries',
    title: `verify() and libraries that do the same, ${runtime}`,
    unit: 'time / time of the library',
    kind: /** @type {const} */ ('lines'),
    categories: sizesOf(shown).map(sizeName),
    series: shown.map((row) => ({ ...ratiosOf(row), name: row.name })),
    goal: { value: 1, label: 'as fast as the library' },
  }
}

/** @param {readonly Run[]} runs */
function runtimePlot(runs) {
  const shown = runs.flatMap(({ runtime, rows }) =>
    rows
      .filter((row) => row.peerKind === 'snippet' && row.name === 'sha256=' && row.parse)
      .map((row) => ({ ...ratiosOf(row), name: runtime })),
  )
  return {
    name: 'verify-runtimes',
    title: 'verify() and the snippet on each runtime, sha256=, with JSON.parse',
    unit: 'time / time of the snippet',
    kind: /** @type {const} */ ('lines'),
    categories: sizesOf(runs[0]?.rows ?? []).map(sizeName),
    series: shown,
    goal: { value: 0.85, label: 'at most 0.85 up to 8 kB' },
  }
}

/** @param {readonly Run[]} runs */
function limitPlot(runs) {
  const shown = runs.flatMap(({ runtime, rows }) =>
    rows
      .filter(({ peerKind }) => peerKind === 'limit')
      .map(({ cells }) => ({ name: runtime, values: cells.map(limitShare) })),
  )
  return {
    name: 'verify-limit',
    title: 'How close verify() is to the limit, one SHA-256 of the body',
    unit: 'time of SHA-256 / time of verify()',
    kind: /** @type {const} */ ('lines'),
    categories: sizesOf(runs[0]?.rows ?? []).map(sizeName),
    series: shown,
    goal: { value: 0.95, label: 'at least 0.95 at 1 MiB' },
  }
}

/** @param {Row} row */
function ratiosOf({ cells }) {
  return {
    values: cells.map(({ ratio }) => ratio.median),
    low: cells.map(({ ratio }) => ratio.p25),
    high: cells.map(({ ratio }) => ratio.p75),
  }
}

/** @param {readonly Row[]} rows */
function sizesOf(rows) {
  return rows[0]?.cells.map(({ bytes }) => bytes) ?? []
}

/** @param {Row} row */
function rowName({ peerKind, name, parse }) {
  const peer = peerKind === 'snippet' ? `snippet, ${name}` : name
  return parse ? `${peer}, JSON.parse` : peer
}
