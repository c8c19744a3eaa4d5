import { CaptureError, type CaptureNote } from './capture.js'
import { isObject } from './json-object.js'

/**
 * Reads a body as it stands in JSON: text, a `Buffer` or `Uint8Array` that was printed as JSON, or what a parser had made
 * of it.
 */
export function readJsonBody(body: unknown): {
  readonly body: Uint8Array
  readonly notes: readonly CaptureNote[]
} {
  if (body === undefined || body === null) return { body: new Uint8Array(), notes: [] }
  if (typeof body === 'string') return { body: Buffer.from(body, 'utf8'), notes: ['text-body'] }
  const numbers = numbersOf(body)
  if (numbers) return { body: toBytes(numbers), notes: [] }
  return { body: Buffer.from(stringify(body), 'utf8'), notes: ['parsed-body'] }
}

function stringify(body: unknown): string {
  try {
    return JSON.stringify(body)
  } catch {
    throw new CaptureError('the body of the capture is nested too deeply; capture its bytes (bodyBase64)')
  }
}

/** `{ type: 'Buffer', data: [...] }`, or `{ '0': 123, '1': 34 }`. */
function numbersOf(body: unknown): readonly unknown[] | undefined {
  if (!isObject(body)) return undefined
  if (body.type === 'Buffer' && Array.isArray(body.data)) return body.data
  const names = Object.keys(body)
  return names.length > 0 && names.every((name, index) => name === String(index))
    ? Object.values(body)
    : undefined
}

function toBytes(numbers: readonly unknown[]): Uint8Array {
  const isByte = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255
  if (numbers.every(isByte)) return Uint8Array.from(numbers as readonly number[])
  throw new CaptureError('the body of the capture is a list of numbers that are no bytes (0 to 255)')
}
