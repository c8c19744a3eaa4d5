/** An answer as it came over a socket; header names in lower case. */
export interface Answer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  /** Bytes as Latin-1 characters. */
  readonly body: string
  /** Characters of the whole answer, with those of interim ones before it. */
  readonly size: number
}

/**
 * Reads the first final answer out of what a server sent, as Latin-1.
 *
 * @param options.isClosed the connection has ended: so has an answer of no stated length
 * @returns undefined while any byte of the answer is missing
 */
export function parseAnswer(
  text: string,
  { isClosed = false }: { readonly isClosed?: boolean } = {},
): Answer | undefined {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const bodyStart = headEnd + 4
  const [statusLine = '', ...lines] = text.slice(0, headEnd).split('\r\n')
  const status = Number(statusLine.split(' ')[1])
  if (status < 200) {
    const final = parseAnswer(text.slice(bodyStart), { isClosed })
    return final && { ...final, size: final.size + bodyStart }
  }
  const headers = readHeaders(lines)
  const rest = text.slice(bodyStart)
  const answer = (body: string, bodySize: number) => ({ status, headers, body, size: bodyStart + bodySize })
  if (status === 204 || status === 304) return answer('', 0)
  if (headers.get('transfer-encoding') === 'chunked') {
    const chunks = readChunks(rest)
    return chunks && answer(chunks.body, chunks.size)
  }
  const length = headers.get('content-length')
  if (length === undefined) return isClosed ? answer(rest, rest.length) : undefined
  return rest.length < Number(length) ? undefined : answer(rest.slice(0, Number(length)), Number(length))
}

function readHeaders(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
  }
  return headers
}

function readChunks(text: string): { body: string; size: number } | undefined {
  let body = ''
  let at = 0
  while (true) {
    const lineEnd = text.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const start = lineEnd + 2
    const size = Number.parseInt(text.slice(at, lineEnd), 16)
    if (text.length < start + size + 2) return undefined
    if (size === 0) return { body, size: start + 2 }
    body += text.slice(start, start + size)
    at = start + size + 2
  }
}
