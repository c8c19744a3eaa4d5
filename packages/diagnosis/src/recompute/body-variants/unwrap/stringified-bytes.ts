import { megabyte, textOf, type Undo, type Undone } from '../undo.js'

/** Bytes that were written as text by what writes objects: `JSON.stringify(buffer)`, `String(bytes)`, Python's `repr`. */
export const stringifiedBytes: Undo = {
  dimension: 'container',
  maxBytes: 8 * megabyte,
  *undo(body) {
    const text = textOf(body)?.trim()
    if (text === undefined) return
    const bytes = /^[[{]/.test(text) ? fromJson(text) : undefined
    if (bytes) yield undone(bytes, 'body.buffer-json')
    const list = /^[[{(<]?\s*\d{1,3}(?:[, ]+\d{1,3})+\s*[\]})>]?$/.test(text) ? text.match(/\d+/g) : null
    if (list) yield* numbers(list.map(Number), 'body.bytes-as-text')
    const pairs = /^(?:<Buffer )?((?:[0-9a-f]{2}[ :]){3,}[0-9a-f]{2})>?$/i.exec(text)?.[1]
    if (pairs) yield undone(Buffer.from(pairs.replace(/[ :]/g, ''), 'hex'), 'body.bytes-as-text')
    const python = /^b(['"])(.*)\1$/s.exec(text)?.[2]
    if (python !== undefined) yield undone(unescapePython(python), 'body.bytes-as-text')
  },
}

function undone(bytes: Uint8Array, cause: string): Undone {
  return { bytes, cause, cost: 1 }
}

function* numbers(list: readonly unknown[], cause: string): Generator<Undone> {
  const bytes = bytesIn(list)
  if (bytes) yield undone(bytes, cause)
}

function bytesIn(list: readonly unknown[]): Buffer | undefined {
  const isBytes = list.every((item) => Number.isInteger(item) && Number(item) >= 0 && Number(item) < 256)
  return isBytes && list.length > 0 ? Buffer.from(list as number[]) : undefined
}

/** `{ type: 'Buffer', data: [...] }`, also as a field of something; `[123, ...]`; `{ "0": 123, ... }`. */
function fromJson(text: string, depth = 0): Buffer | undefined {
  try {
    return fromValue(JSON.parse(text), depth)
  } catch {
    return undefined
  }
}

function fromValue(value: unknown, depth: number): Buffer | undefined {
  if (Array.isArray(value)) return bytesIn(value)
  if (typeof value !== 'object' || value === null || depth > 3) return undefined
  const { type, data } = value as { type?: unknown; data?: unknown }
  if (type === 'Buffer' && Array.isArray(data)) return bytesIn(data)
  if (type === 'Buffer' && typeof data === 'string') return Buffer.from(data, 'base64')
  const fields = Object.entries(value)
  if (fields.length > 1 && fields.every(([name], index) => name === String(index)))
    return bytesIn(fields.map(([, item]) => item))
  const inner = fields.map(([, item]) => fromValue(item, depth + 1))
  return inner.find((bytes) => bytes !== undefined && bytes.length > 1)
}

const pythonEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

function unescapePython(text: string): Buffer {
  const characters = text.replace(
    /\\(?:x([0-9a-f]{2})|(.))/gis,
    (_, hex: string | undefined, other: string) =>
      hex === undefined ? (pythonEscapes[other] ?? other) : String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(characters, 'latin1')
}
