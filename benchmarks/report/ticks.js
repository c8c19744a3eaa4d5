/**
 * @param {number} highest
 * @returns {number[]} round numbers at equal distances, from zero to at least the highest value
 */
export function ticksTo(highest) {
  if (!(highest > 0)) return [0, 1]
  const rough = highest / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 2.5, 5].find((factor) => factor * power >= rough) ?? 10) * power
  const count = Math.ceil(highest / step)
  return Array.from({ length: count + 1 }, (_, place) => Number((place * step).toPrecision(12)))
}
