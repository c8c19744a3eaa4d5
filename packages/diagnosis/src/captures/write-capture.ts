import type { Capture } from './capture.js'

/** Options for {@link writeCapture}. */
export interface WriteCaptureOptions {
  /** Names of headers whose values are written, case-insensitive. Of all other headers only the names are written. */
  readonly keepHeaders: readonly string[]
}

/**
 * Writes a capture as JSON for {@link readCapture}: `{ method, url, headers, bodyBase64 }`. The body is written only as
 * base64, so that there is no text version that could differ. Headers whose values are left out are listed as `withheld`.
 *
 * @returns JSON with a line break at the end
 *
 * @example
 * import { readCapture, writeCapture } from '@countersign/diagnosis'
 *
 * const capture = readCapture(Buffer.from('POST /hooks HTTP/1.1\r\nCookie: a=b\r\nX-Signature: 00\r\n\r\n{}'))
 * console.log(writeCapture(capture, { keepHeaders: ['X-Signature'] }))
 */
export function writeCapture(capture: Capture, { keepHeaders }: WriteCaptureOptions): string {
  const kept = new Set(keepHeaders.map((name) => name.toLowerCase()))
  const isKept = ([name]: Capture['headers'][number]) => kept.has(name.toLowerCase())
  const withheld = capture.headers.filter((header) => !isKept(header)).map(([name]) => name)
  const notes = new Set([...capture.notes, ...(withheld.length > 0 ? (['withheld-secret'] as const) : [])])
  const { method, url, headers, body } = capture
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const members: readonly (readonly [name: string, value: string])[] = [
    ['method', JSON.stringify(method)],
    ['url', JSON.stringify(url)],
    ['headers', writeList(headers.filter(isKept).map((header) => JSON.stringify(header)))],
    ['bodyBase64', JSON.stringify(bytes.toString('base64'))],
    ...(withheld.length > 0 ? [['withheld', JSON.stringify(withheld)] as const] : []),
    ...(notes.size > 0 ? [['notes', JSON.stringify([...notes])] as const] : []),
  ]
  return `{\n${members.map(([name, value]) => `  "${name}": ${value}`).join(',\n')}\n}\n`
}

/** One member per line, so that people can read and compare saved captures. */
function writeList(members: readonly string[]): string {
  return members.length === 0 ? '[]' : `[\n    ${members.join(',\n    ')}\n  ]`
}
