const rowHeight = 20
/** About the width of a character of a 12 px font: there is no font here to measure. */
export const characterWidth = 6.6

/**
 * Places the names of a legend in as many rows as they need.
 *
 * @param {readonly string[]} names
 * @param {{ left: number, right: number, top: number }} room
 */
export function placeLegend(names, { left, right, top }) {
  let x = left
  let y = top
  const entries = names.map((name) => {
    const width = 28 + Math.ceil(name.length * characterWidth)
    if (x > left && x + width > right) {
      x = left
      y += rowHeight
    }
    const entry = { name, left: x, y }
    x += width
    return entry
  })
  return { entries, bottom: y }
}
