import type { Capture } from './capture.js'

/** How a capture is saved. */
export interface WriteCaptureOptions {
  /** The headers whose values are written, in any case; of all others only the names. */
  readonly keepHeaders: readonly string[]
}

/**
 * Writes a capture as the JSON that {@link readCapture} reads: `{ method, url, headers, bodyBase64 }`. The body is there
 * once, as base64: text beside it would be a second truth. Headers that are not to be kept are listed under `withheld`.
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

/** A member a line, so that a saved capture can be read and compared. */
function writeList(members: readonly string[]): string {
  return members.length === 0 ? '[]' : `[\n    ${members.join(',\n    ')}\n  ]`
}
