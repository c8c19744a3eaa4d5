/**
 * A measured value with its limit.
 *
 * @typedef {{ readonly name: string, readonly limit: string, readonly value: number, readonly isMet: boolean }} Mark
 */

/** @param {readonly Mark[]} marks */
export function renderMarks(marks) {
  const width = Math.max(...marks.map(({ name }) => name.length))
  const lines = marks.map(
    ({ name, limit, value, isMet }) =>
      `${name.padEnd(width)}  ${limit}  ${value.toFixed(2)}  ${isMet ? 'met' : 'missed'}`,
  )
  return ['Marks (the worst median of the sizes)', ...lines].join('\n')
}
