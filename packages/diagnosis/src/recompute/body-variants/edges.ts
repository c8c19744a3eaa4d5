import { parseJson } from './json/parse-json.js'
import { type BodyContext, textOf, type Undo, type Undone } from './undo.js'

const lineFeed = 0x0a
const carriageReturn = 0x0d

/** What is added to or lost from a body's two ends. Nothing is copied, so that it serves bodies of any size. */
export const edges: Undo = {
  dimension: 'edges',
  maxBytes: Number.POSITIVE_INFINITY,
  *undo(bytes, context) {
    yield* stripped(bytes)
    yield* shortened(bytes, context)
    const cost = endsWithLine(bytes) ? 1.4 : 1
    yield { bytes: Buffer.concat([bytes, Buffer.from('\n')]), cause: 'body.trailing-newline-lost', cost }
    yield {
      bytes: Buffer.concat([bytes, Buffer.from('\r\n')]),
      cause: 'body.trailing-newline-lost',
      cost: cost + 0.1,
    }
  },
}

function* stripped(bytes: Uint8Array): Generator<Undone> {
  const end = lastOf(bytes, isSpace)
  const start = bytes.findIndex((byte) => !isSpace(byte))
  if (start < 0) return
  if (endsWithLine(bytes)) {
    const length = bytes.at(-2) === carriageReturn ? 2 : 1
    yield { bytes: bytes.subarray(0, -length), cause: 'body.trailing-newline-added', cost: 1 }
    if (length === 2) yield { bytes: bytes.subarray(0, -1), cause: 'body.trailing-newline-added', cost: 1.2 }
  }
  if (end < bytes.length) {
    const isLines = bytes.subarray(end).every((byte) => byte === lineFeed || byte === carriageReturn)
    const cause = isLines ? 'body.trailing-newline-added' : 'body.surrounding-space'
    yield { bytes: bytes.subarray(0, end), cause, cost: 1.1 }
  }
  if (start > 0) {
    yield { bytes: bytes.subarray(start), cause: 'body.surrounding-space', cost: 1.1 }
    if (end < bytes.length)
      yield { bytes: bytes.subarray(start, end), cause: 'body.surrounding-space', cost: 1.2 }
  }
}

function* shortened(bytes: Uint8Array, { contentLength }: BodyContext): Generator<Undone> {
  const end = lastOf(bytes, (byte) => byte === 0)
  if (end < bytes.length && end > 0)
    yield { bytes: bytes.subarray(0, end), cause: 'body.padded-with-nul', cost: 1 }
  if (contentLength !== undefined && contentLength > 0 && contentLength < bytes.length) {
    yield { bytes: bytes.subarray(0, contentLength), cause: 'body.trailing-bytes', cost: 1.1 }
    yield { bytes: bytes.subarray(-contentLength), cause: 'body.leading-bytes', cost: 1.2 }
  }
  const middle = bytes.length / 2
  if (bytes.length % 2 === 0 && bytes.length > 0) {
    const half = bytes.subarray(0, middle)
    if (Buffer.compare(half, bytes.subarray(middle)) === 0)
      yield { bytes: half, cause: 'body.repeated', cost: 1 }
  }
  yield* jsonWithin(bytes)
}

/** The JSON value that is followed, or led, by something else. */
function* jsonWithin(bytes: Uint8Array): Generator<Undone> {
  const first = bytes[0]
  if (bytes.length > 256 * 1024) return
  const text = textOf(bytes)
  if (text === undefined) return
  if (first === 0x7b || first === 0x5b) {
    const close = text.lastIndexOf(first === 0x7b ? '}' : ']')
    const whole = text.slice(0, close + 1)
    if (close > 0 && whole.length < text.trimEnd().length && parseJson(whole))
      yield { bytes: Buffer.from(whole), cause: 'body.trailing-bytes', cost: 1.2 }
    return
  }
  const open = text.search(/[[{]/)
  if (open <= 0 || open > 4_096) return
  const rest = text.slice(open)
  if (text.slice(0, open).trim() !== '' && parseJson(rest))
    yield { bytes: Buffer.from(rest), cause: 'body.leading-bytes', cost: 1.2 }
}

function endsWithLine(bytes: Uint8Array): boolean {
  return bytes.at(-1) === lineFeed
}

/** Where what is passed over at the end begins. */
function lastOf(bytes: Uint8Array, isPassedOver: (byte: number) => boolean): number {
  let end = bytes.length
  while (end > 0 && isPassedOver(bytes[end - 1] ?? 1)) end--
  return end
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= carriageReturn)
}
