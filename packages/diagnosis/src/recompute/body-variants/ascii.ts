import { asciiEscapes, replaceBeyondAscii } from '../ascii/ascii-escapes.js'
import { asciiLosses, cutToAscii } from '../ascii/ascii-losses.js'
import { bytesOf, megabyte, textOf, type Undo, type Undone } from './undo.js'

/** Text made ASCII: on its way, which only escapes let one undo, or by the sender before it signed, in any way. */
export const ascii: Undo = {
  dimension: 'charset',
  maxBytes: megabyte,
  *undo(bytes) {
    const text = textOf(bytes)
    if (text === undefined) return
    const isAscii = text.length === bytes.length
    // Each reading of a text is that of several ways to write it.
    if (/[&%\\=]/.test(text)) {
      for (const { read, cost } of asciiEscapes) {
        const whole = read(text)
        if (whole !== text) yield { bytes: bytesOf(whole), cause: 'body.made-ascii', cost }
      }
    }
    if (!isAscii) yield* signedInAscii(text)
  },
}

function* signedInAscii(text: string): Generator<Undone> {
  const cause = 'body.ascii-signed'
  for (const { write, cost } of asciiEscapes)
    yield { bytes: bytesOf(replaceBeyondAscii(text, write)), cause, cost: Math.max(1, cost) }
  // Quotes and blanks that another program has put there have causes of their own.
  for (const lossy of asciiLosses(text)) yield { bytes: bytesOf(lossy), cause, cost: 1.35 }
  for (const bytes of cutToAscii(text)) yield { bytes, cause, cost: 1.35 }
}
