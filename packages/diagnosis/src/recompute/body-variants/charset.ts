import {
  type BodyChange,
  type BodyContext,
  decodeText,
  encodeText,
  megabyte,
  type RevertedBody,
} from './body-change.js'
import { singleByteCharset } from './single-byte-charset.js'

const markBytes = Buffer.from([0xef, 0xbb, 0xbf])
/** Charsets in which UTF-8 was decoded, or text was encoded, by mistake; most common first. */
const charsets = [
  'latin1',
  'windows-1252',
  'windows-1251',
  'windows-1250',
  'iso-8859-15',
  'macintosh',
] as const

/** UTF-8's byte order mark. */
export const byteOrderMark: BodyChange = {
  dimension: 'charset',
  maxBytes: Number.POSITIVE_INFINITY,
  *revert(bytes) {
    const isMarked = markBytes.equals(bytes.subarray(0, 3))
    if (isMarked) yield { bytes: bytes.subarray(3), cause: 'body.bom-added', cost: 1 }
    else yield { bytes: Buffer.concat([markBytes, bytes]), cause: 'body.bom-stripped', cost: 1 }
  },
}

/** Bytes decoded in a different charset from the one they were encoded in. */
export const charset: BodyChange = {
  dimension: 'charset',
  maxBytes: 2 * megabyte,
  *revert(bytes, context) {
    yield* fromUtf16(bytes)
    const text = decodeText(bytes)
    if (text === undefined) yield* fromOther(bytes, context)
    else yield* fromText(text)
  },
}

function* fromUtf16(bytes: Uint8Array): Generator<RevertedBody> {
  if (bytes.length % 2 !== 0 || !(bytes.includes(0) || bytes[0] === 0xff || bytes[0] === 0xfe)) return
  for (const encoding of ['utf-16le', 'utf-16be']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      if (!text.includes('\0')) yield { bytes: encodeText(text), cause: 'body.charset-utf16', cost: 1 }
    } catch {
      // An unpaired surrogate: the bytes are not UTF-16.
    }
  }
}

function* fromOther(bytes: Uint8Array, { contentType }: BodyContext): Generator<RevertedBody> {
  const announced = /charset="?([\w-]+)/.exec(contentType)?.[1]
  for (const name of new Set([...(announced ? [announced] : []), ...charsets])) {
    try {
      // The web's `latin1` is windows-1252; Node's is ISO 8859-1.
      const text =
        name === 'latin1'
          ? Buffer.from(bytes).toString('latin1')
          : new TextDecoder(name, { fatal: true }).decode(bytes)
      yield { bytes: encodeText(text), cause: 'body.charset-latin1', cost: name === charsets[0] ? 1 : 1.1 }
    } catch {
      // An unknown charset, or bytes that are invalid in it.
    }
  }
}

function* fromText(text: string): Generator<RevertedBody> {
  if (/\P{ASCII}/u.test(text)) {
    for (const [index, name] of charsets.entries()) {
      const bytes = singleByteCharset(name).encode(text)
      // If the bytes are valid UTF-8, they had been decoded wrongly; otherwise the text was encoded in that charset.
      const cause = bytes && decodeText(bytes) === undefined ? 'body.charset-latin1' : 'body.latin1-decoded'
      if (bytes) yield { bytes, cause, cost: index < 2 ? 1 : 1.3 }
    }
    yield { bytes: encodeText(text.normalize('NFC')), cause: 'body.unicode-normalised', cost: 1 }
    yield { bytes: encodeText(text.normalize('NFD')), cause: 'body.unicode-normalised', cost: 1.1 }
    const straight = text.replace(/[“”„]/g, '"').replace(/[‘’]/g, "'")
    yield { bytes: encodeText(straight), cause: 'body.smart-quotes', cost: 1.3 }
    yield { bytes: encodeText(text.replace(/\u00a0/g, ' ')), cause: 'body.blanks-replaced', cost: 1.3 }
  }
  const little = Buffer.from(text, 'utf16le')
  const cause = 'body.charset-utf16-signed'
  yield { bytes: little, cause, cost: 1.4 }
  yield { bytes: Buffer.concat([Buffer.from([0xff, 0xfe]), little]), cause, cost: 1.4 }
  yield { bytes: Buffer.from(little).swap16(), cause, cost: 1.5 }
}
