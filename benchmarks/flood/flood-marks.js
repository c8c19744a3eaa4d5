/** @typedef {import('../family.js').Mark} Mark */
/** @typedef {import('./measure-flood.js').FloodRow} FloodRow */

const withoutBody = /** @type {const} */ (['unsigned', 'malformed', 'oversized'])
const markedShare = 0.5

/**
 * @param {readonly FloodRow[]} rows
 * @returns {Mark[]}
 */
export function floodMarks(rows) {
  return rows.flatMap(({ framework, rates, memory, goodSender }) => {
    const slowest = withoutBody
      .map((kind) => ({ value: rates[kind].ratio.median, where: kind }))
      .sort((a, b) => a.value - b.value)[0]
    const level = goodSender.levels.find(({ share }) => share === markedShare)
    return [
      {
        ...least(`${framework}, refusals that need no body / accepted`, 2, slowest?.value),
        where: slowest?.where ?? '',
      },
      least(`${framework}, wrong signatures / accepted`, 1, rates.wrong.ratio.median),
      most(`${framework}, growth of heap and external memory in MB`, 5, growthBytes(memory.used) / 1e6),
      most(`${framework}, growth of resident memory in MB`, 5, growthBytes(memory.rss) / 1e6),
      most(`${framework}, latency of a good sender at half of the capacity / quiet`, 2, level?.ratio.median),
    ]
  })
}

/** @param {{ readonly first: number, readonly last: number }} fifths */
export function growthBytes({ first, last }) {
  return last - first
}

/**
 * @param {string} name
 * @param {number} limit
 * @param {number} [value]
 */
function least(name, limit, value = Number.NaN) {
  return { name, least: limit, value, isMet: value >= limit }
}

/**
 * @param {string} name
 * @param {number} limit
 * @param {number} [value]
 */
function most(name, limit, value = Number.NaN) {
  return { name, most: limit, value, isMet: value <= limit }
}
