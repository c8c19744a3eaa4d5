import { singleByteCharset } from './single-byte-charset.js'
import { type BodyContext, bytesOf, megabyte, textOf, type Undo, type Undone } from './undo.js'

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])
/** In which UTF-8 was read, or a text written, by mistake; the commoner first. */
const charsets = [
  'latin1',
  'windows-1252',
  'windows-1251',
  'windows-1250',
  'iso-8859-15',
  'macintosh',
] as const

/** UTF-8's mark at the beginning. */
export const mark: Undo = {
  dimension: 'charset',
  maxBytes: Number.POSITIVE_INFINITY,
  *undo(bytes) {
    const isMarked = byteOrderMark.equals(bytes.subarray(0, 3))
    if (isMarked) yield { bytes: bytes.subarray(3), cause: 'body.bom-added', cost: 1 }
    else yield { bytes: Buffer.concat([byteOrderMark, bytes]), cause: 'body.bom-stripped', cost: 1 }
  },
}

/** Bytes read as text in another charset than they were written in. */
export const charset: Undo = {
  dimension: 'charset',
  maxBytes: 2 * megabyte,
  *undo(bytes, context) {
    yield* fromUtf16(bytes)
    const text = textOf(bytes)
    if (text === undefined) yield* fromOther(bytes, context)
    else yield* fromText(text)
  },
}

function* fromUtf16(bytes: Uint8Array): Generator<Undone> {
  if (bytes.length % 2 !== 0 || !(bytes.includes(0) || bytes[0] === 0xff || bytes[0] === 0xfe)) return
  for (const encoding of ['utf-16le', 'utf-16be']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      if (!text.includes('\0')) yield { bytes: bytesOf(text), cause: 'body.charset-utf16', cost: 1 }
    } catch {
      // Half a pair: it was something else.
    }
  }
}

function* fromOther(bytes: Uint8Array, { contentType }: BodyContext): Generator<Undone> {
  const announced = /charset="?([\w-]+)/.exec(contentType)?.[1]
  for (const name of new Set([...(announced ? [announced] : []), ...charsets])) {
    try {
      // The web's `latin1` is Windows' charset; Node's is the real one.
      const text =
        name === 'latin1'
          ? Buffer.from(bytes).toString('latin1')
          : new TextDecoder(name, { fatal: true }).decode(bytes)
      yield { bytes: bytesOf(text), cause: 'body.charset-latin1', cost: name === charsets[0] ? 1 : 1.1 }
    } catch {
      // No such charset, or not in it.
    }
  }
}

function* fromText(text: string): Generator<Undone> {
  if (/\P{ASCII}/u.test(text)) {
    for (const [index, name] of charsets.entries()) {
      const bytes = singleByteCharset(name).encode(text)
      // What was UTF-8 had been read wrongly; what is none was written in that charset.
      const cause = bytes && textOf(bytes) === undefined ? 'body.charset-latin1' : 'body.latin1-decoded'
      if (bytes) yield { bytes, cause, cost: index < 2 ? 1 : 1.3 }
    }
    yield { bytes: bytesOf(text.normalize('NFC')), cause: 'body.unicode-normalised', cost: 1 }
    yield { bytes: bytesOf(text.normalize('NFD')), cause: 'body.unicode-normalised', cost: 1.1 }
    const straight = text.replace(/[“”„]/g, '"').replace(/[‘’]/g, "'")
    yield { bytes: bytesOf(straight), cause: 'body.smart-quotes', cost: 1.3 }
    yield { bytes: bytesOf(text.replace(/\u00a0/g, ' ')), cause: 'body.blanks-replaced', cost: 1.3 }
  }
  const little = Buffer.from(text, 'utf16le')
  const cause = 'body.charset-utf16-signed'
  yield { bytes: little, cause, cost: 1.4 }
  yield { bytes: Buffer.concat([Buffer.from([0xff, 0xfe]), little]), cause, cost: 1.4 }
  yield { bytes: Buffer.from(little).swap16(), cause, cost: 1.5 }
}
