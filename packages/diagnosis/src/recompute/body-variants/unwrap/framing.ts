import { type BodyContext, megabyte, type Undo, type Undone } from '../undo.js'

/** What transports put around a body, left in it: chunk sizes, a message's head, a multipart form, an event stream. */
export const framing: Undo = {
  dimension: 'container',
  maxBytes: 64 * megabyte,
  *undo(bytes, context) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    const chunks = joinChunks(buffer)
    if (chunks) yield { bytes: chunks, cause: 'body.chunk-framing', cost: 1 }
    yield* afterHead(buffer)
    yield* multipart(buffer, context)
    if (/^(event|id|data|:)/.test(buffer.subarray(0, 5).toString('latin1')) && buffer.length < megabyte)
      yield* eventStream(buffer.toString('utf8'))
  },
}

function joinChunks(buffer: Buffer): Buffer | undefined {
  const chunks: Buffer[] = []
  let at = 0
  while (at < buffer.length) {
    const end = buffer.indexOf('\r\n', at)
    const size =
      end < 0 || end - at > 64
        ? undefined
        : /^([0-9a-f]{1,8})\s*(;.*)?$/i.exec(buffer.toString('latin1', at, end))
    if (!size) return undefined
    const length = Number.parseInt(size[1] ?? '', 16)
    if (length === 0) return chunks.length > 0 ? Buffer.concat(chunks) : undefined
    chunks.push(buffer.subarray(end + 2, end + 2 + length))
    at = end + 2 + length + 2
  }
  // Where the capture lacks the last chunk, what there is is not the body.
  return undefined
}

/** `POST / HTTP/1.1` and headers, or headers alone. */
function* afterHead(buffer: Buffer): Generator<Undone> {
  const start = buffer.toString('latin1', 0, Math.min(buffer.length, 64 * 1024))
  const head =
    /^(?:(?:[A-Z]{3,8} \S+ HTTP\/[\d.]+|HTTP\/[\d.]+ \d{3}[^\r\n]*)\r?\n)?(?:[!-9;-~]+:[^\r\n]*\r?\n)*\r?\n/.exec(
      start,
    )
  if (head && head[0].trim() !== '')
    yield { bytes: buffer.subarray(head[0].length), cause: 'body.http-message', cost: 1 }
}

function* multipart(buffer: Buffer, { contentType }: BodyContext): Generator<Undone> {
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

function* eventStream(text: string): Generator<Undone> {
  const data = text.split(/\r?\n/).flatMap((line) => /^data: ?(.*)$/.exec(line)?.[1] ?? [])
  if (data.length > 0)
    yield { bytes: Buffer.from(data.join('\n'), 'utf8'), cause: 'body.event-stream', cost: 1.1 }
}
