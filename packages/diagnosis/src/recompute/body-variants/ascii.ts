import { asciiEscapes, replaceBeyondAscii } from '../ascii/ascii-escapes.js'
import { asciiLosses, cutToAscii } from '../ascii/ascii-losses.js'
import { type BodyChange, decodeText, encodeText, megabyte, type RevertedBody } from './body-change.js'

/** Text converted to ASCII: in transit, which only escapes can reverse, or by the sender before it signed, in any way. */
export const ascii: BodyChange = {
  dimension: 'charset',
  maxBytes: megabyte,
  *revert(bytes) {
    const text = decodeText(bytes)
    if (text === undefined) return
    const isAscii = text.length === bytes.length
    // Escapes can be decoded whatever wrote them; lossy conversions cannot.
    if (/[&%\\=]/.test(text)) {
      for (const { read, cost } of asciiEscapes) {
        const whole = read(text)
        if (whole !== text) yield { bytes: encodeText(whole), cause: 'body.made-ascii', cost }
      }
    }
    if (!isAscii) yield* signedInAscii(text)
  },
}

function* signedInAscii(text: string): Generator<RevertedBody> {
  const cause = 'body.ascii-signed'
  for (const { write, cost } of asciiEscapes)
    yield { bytes: encodeText(replaceBeyondAscii(text, write)), cause, cost: Math.max(1, cost) }
  // Typographic quotes and no-break spaces that other programs add have their own causes.
  for (const lossy of asciiLosses(text)) yield { bytes: encodeText(lossy), cause, cost: 1.35 }
  for (const bytes of cutToAscii(text)) yield { bytes, cause, cost: 1.35 }
}
