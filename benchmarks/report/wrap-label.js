import { characterWidth } from './place-legend.js'

/**
 * Parts a label at its blanks, into lines that fit.
 *
 * @param {string} label
 * @param {number} width
 */
export function wrapLabel(label, width) {
  /** @type {string[]} */
  const lines = []
  for (const word of label.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`
    if (lines.length > 0 && longer.length * characterWidth <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}
