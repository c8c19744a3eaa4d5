/**
 * The median of a sample and its interquartile range.
 *
 * @typedef {{ readonly median: number, readonly p25: number, readonly p75: number }} Spread
 */

/**
 * @param {readonly number[]} values
 * @returns {Spread}
 */
export function spreadOf(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return { median: quantile(sorted, 0.5), p25: quantile(sorted, 0.25), p75: quantile(sorted, 0.75) }
}

/**
 * @param {readonly number[]} sorted
 * @param {number} share
 */
export function quantile(sorted, share) {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}
