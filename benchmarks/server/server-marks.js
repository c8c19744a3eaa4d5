import { sizeName } from '../report/format.js'

/** @typedef {import('./compare-routes.js').Cell} Cell */

/** @type {readonly { words: string, least?: number, most?: number, read: (cell: Cell) => number }[]} */
const goals = [
  {
    words: 'requests per second with dedupe / snippet',
    least: 0.97,
    read: ({ rate }) => rate.webhook.median,
  },
  {
    words: 'requests per second without dedupe / snippet',
    least: 1,
    read: ({ rate }) => rate['no-dedupe'].median,
  },
  { words: '99th percentile with dedupe / snippet', most: 1.1, read: ({ p99 }) => p99.webhook.median },
]

/**
 * Judged by the worst size.
 *
 * @param {import('./compare-frameworks.js').ServerResult['rows']} rows
 * @returns {import('../family.js').Mark[]}
 */
export function serverMarks(rows) {
  return rows.flatMap(({ framework, cells }) =>
    goals.map(({ words, read, ...limit }) => {
      const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = limit
      const sorted = cells
        .map((cell) => ({ value: read(cell), where: sizeName(cell.bytes) }))
        .sort((a, b) => (limit.most === undefined ? a.value - b.value : b.value - a.value))
      const { value = Number.NaN, where = '' } = sorted[0] ?? {}
      return {
        name: `${framework}, ${words}`,
        ...limit,
        value,
        where,
        isMet: value >= least && value <= most,
      }
    }),
  )
}
