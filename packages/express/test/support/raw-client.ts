import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A client that sends what HTTP clients will not, and sees what they hide. Bytes are written and read as Latin-1. */
export class RawClient {
  readonly socket: Socket
  received = ''
  isClosed = false
  #watchers: (() => void)[] = []

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1')
    this.socket.setEncoding('latin1')
    const changed = () => {
      for (const watcher of this.#watchers.splice(0)) watcher()
    }
    this.socket.on('data', (text: string) => {
      this.received += text
      changed()
    })
    this.socket.on('close', () => {
      this.isClosed = true
      changed()
    })
    // A connection that is cut while this side still sends ends in a reset.
    this.socket.on('error', () => undefined)
    onTestFinished(() => void this.socket.destroy())
  }

  send(text: string): this {
    this.socket.write(text, 'latin1')
    return this
  }

  /** Waits for the text received so far to be as asked; fails when the connection closes before. */
  async until(isThere: (received: string) => boolean): Promise<string> {
    while (!isThere(this.received)) {
      if (this.isClosed) throw new Error(`closed after ${JSON.stringify(this.received)}`)
      await new Promise<void>((resolve) => this.#watchers.push(resolve))
    }
    return this.received
  }

  /** The first whole answer. */
  async answer(): Promise<Answer> {
    await this.until((received) => parseAnswer(received) !== undefined)
    return parseAnswer(this.received) as Answer
  }

  /** Takes the first whole answer out of what was received, so that the next can be waited for. */
  async takeAnswer(): Promise<Answer> {
    const answer = await this.answer()
    this.received = this.received.slice(answer.size)
    return answer
  }

  async closed(): Promise<void> {
    while (!this.isClosed) await new Promise<void>((resolve) => this.#watchers.push(resolve))
  }
}

export interface Answer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
  /** Characters of the whole answer. */
  readonly size: number
}

/** @returns undefined while any byte of the answer is missing */
export function parseAnswer(text: string): Answer | undefined {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const [statusLine = '', ...lines] = text.slice(0, headEnd).split('\r\n')
  const status = Number(statusLine.split(' ')[1])
  if (status === 100) return shifted(parseAnswer(text.slice(headEnd + 4)), headEnd + 4)
  const headers = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
  }
  const rest = text.slice(headEnd + 4)
  if (status === 204 || status === 304) return { status, headers, body: '', size: headEnd + 4 }
  if (headers.get('transfer-encoding') === 'chunked') {
    const chunks = readChunks(rest)
    return chunks && { status, headers, body: chunks.body, size: headEnd + 4 + chunks.size }
  }
  const length = Number(headers.get('content-length'))
  if (rest.length < length) return undefined
  return { status, headers, body: rest.slice(0, length), size: headEnd + 4 + length }
}

function shifted(answer: Answer | undefined, by: number): Answer | undefined {
  return answer && { ...answer, size: answer.size + by }
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
