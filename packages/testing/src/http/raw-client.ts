import { connect, type Socket } from 'node:net'
import { type Answer, parseAnswer } from './parse-answer.js'

/** Options for {@link RawClient}. */
export interface RawClientOptions {
  /** The port to connect to. */
  readonly port: number
  /** The host to connect to. Default `127.0.0.1`. */
  readonly host?: string
  /** Milliseconds without any data after which a wait fails. Default 10,000. */
  readonly limitMs?: number
}

/**
 * An HTTP client over a plain socket, for tests: it can send what other HTTP clients refuse to send, and shows the exact
 * bytes of the response. Text is written and read as Latin-1, one character per byte. Call `destroy` when you are done.
 *
 * @example
 * import { createServer } from 'node:http'
 * import { RawClient } from '@countersign/testing/http'
 *
 * const server = createServer((_, response) => void response.end('ok')).listen(3000)
 * const client = new RawClient({ port: 3000 })
 * const answer = await client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n').answer()
 * console.log(answer.status) // 200
 * client.destroy()
 * server.close()
 */
export class RawClient {
  /** The underlying socket. */
  readonly socket: Socket
  /** Received text that no `takeAnswer` has consumed yet. */
  received = ''
  /** Whether the connection is closed. */
  isClosed = false
  readonly #limitMs: number
  #watchers: (() => void)[] = []

  constructor({ port, host = '127.0.0.1', limitMs = 10_000 }: RawClientOptions) {
    this.#limitMs = limitMs
    this.socket = connect({ port, host, noDelay: true })
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
    // A connection that the server closes during a send ends with a reset.
    this.socket.on('error', () => undefined)
  }

  /** Writes bytes, or text as Latin-1, without any change. */
  send(bytes: string | Uint8Array): this {
    if (typeof bytes === 'string') this.socket.write(bytes, 'latin1')
    else this.socket.write(bytes)
    return this
  }

  /** Waits until `isThere` returns true for the received text. @throws Error if the connection closes first, or on time-out */
  async until(isThere: (received: string) => boolean): Promise<string> {
    while (!isThere(this.received)) await this.#more()
    return this.received
  }

  /** Waits for the first complete response. @throws Error if the connection closes first, or on time-out */
  async answer(): Promise<Answer> {
    while (true) {
      const answer = parseAnswer(this.received, { isClosed: this.isClosed })
      if (answer) return answer
      await this.#more()
    }
  }

  /** Waits for the first complete response and removes it from `received`. @throws Error as `answer` does */
  async takeAnswer(): Promise<Answer> {
    const answer = await this.answer()
    this.received = this.received.slice(answer.size)
    return answer
  }

  /** Waits until the connection is closed. @throws Error on time-out */
  async closed(): Promise<void> {
    while (!this.isClosed) await this.#change()
  }

  /** Closes the connection. */
  destroy(): void {
    this.socket.destroy()
  }

  #more(): Promise<void> {
    if (!this.isClosed) return this.#change()
    throw new Error(`The connection was closed after ${JSON.stringify(this.received)}.`)
  }

  #change(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(
          new Error(`No data was received for ${this.#limitMs} ms after ${JSON.stringify(this.received)}.`),
        )
      }, this.#limitMs)
      this.#watchers.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}
