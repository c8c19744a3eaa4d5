import { decodeChunks } from '../../../captures/decode-chunks.js'
import { type BodyChange, type BodyContext, megabyte, type RevertedBody } from '../body-change.js'

/** Transport framing left in a body: chunk sizes, message headers, a multipart form, an event stream. */
export const framing: BodyChange = {
  dimension: 'container',
  maxBytes: 64 * megabyte,
  *revert(bytes, context) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    const chunks = decodeChunks(buffer)
    // Without the last chunk the body is incomplete.
    if (chunks && chunks.body.length > 0 && !chunks.notes.includes('cut-off'))
      yield { bytes: chunks.body, cause: 'body.chunk-framing', cost: 1 }
    yield* afterHead(buffer)
    yield* multipart(buffer, context)
    if (/^(event|id|data|:)/.test(buffer.subarray(0, 5).toString('latin1')) && buffer.length < megabyte)
      yield* eventStream(buffer.toString('utf8'))
  },
}

/** `POST / HTTP/1.1` and headers, or only headers. */
function* afterHead(buffer: Buffer): Generator<RevertedBody> {
  const start = buffer.toString('latin1', 0, Math.min(buffer.length, 64 * 1024))
  const head =
    /^(?:(?:[A-Z]{3,8} \S+ HTTP\/[\d.]+|HTTP\/[\d.]+ \d{3}[^\r\n]*)\r?\n)?(?:[!-9;-~]+:[^\r\n]*\r?\n)*\r?\n/.exec(
      start,
    )
  if (head && head[0].trim() !== '')
    yield { bytes: buffer.subarray(head[0].length), cause: 'body.http-message', cost: 1 }
}

function* multipart(buffer: Buffer, { contentType }: BodyContext): Generator<RevertedBody> {
  const announced = /boundary="?([^";]+)/.exec(contentType)?.[1]
  const first = /^--([^\r\n]{1,70})\r?\n/.exec(buffer.toString('latin1', 0, 80))?.[1]
  const boundary = first ?? announced
  if (boundary === undefined || buffer.length > 4 * megabyte) return
  const parts = buffer.toString('latin1').split(`--${boundary}`).slice(1, -1)
  for (const part of parts.slice(0, 16)) {
    const content = /^\r?\n(?:[^\r\n]+\r?\n)*\r?\n(.*?)\r?\n$/s.exec(part)?.[1]
    if (content) yield { bytes: Buffer.from(content, 'latin1'), cause: 'body.multipart-part', cost: 1.1 }
  }
}

function* eventStream(text: string): Generator<RevertedBody> {
  const data = text.split(/\r?\n/).flatMap((line) => /^data: ?(.*)$/.exec(line)?.[1] ?? [])
  if (data.length > 0)
    yield { bytes: Buffer.from(data.join('\n'), 'utf8'), cause: 'body.event-stream', cost: 1.1 }
}
