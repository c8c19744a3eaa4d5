import { connect, type Socket } from 'node:net'
import { type Answer, parseAnswer } from './parse-answer.js'

/** Where a {@link RawClient} connects to. */
export interface RawClientOptions {
  readonly port: number
  /** Default `127.0.0.1`. */
  readonly host?: string
  /** Milliseconds to wait for anything at all before it counts as a hang. Default 10,000. */
  readonly limitMs?: number
}

/**
 * An HTTP client over a bare socket, for tests: it sends what HTTP clients will not, and sees what they hide. Text is
 * written and read as Latin-1, one character a byte. Destroy it in the end.
 */
export class RawClient {
  readonly socket: Socket
  /** What came and was not taken yet. */
  received = ''
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
    // A connection that is cut while this side still sends ends in a reset.
    this.socket.on('error', () => undefined)
  }

  send(bytes: string | Uint8Array): this {
    if (typeof bytes === 'string') this.socket.write(bytes, 'latin1')
    else this.socket.write(bytes)
    return this
  }

  /** Waits for the text received so far to be as asked. @throws Error when the connection closes before, or nothing comes */
  async until(isThere: (received: string) => boolean): Promise<string> {
    while (!isThere(this.received)) await this.#more()
    return this.received
  }

  /** The first whole answer. @throws Error when the connection closes before, or nothing comes */
  async answer(): Promise<Answer> {
    while (true) {
      const answer = parseAnswer(this.received, { isClosed: this.isClosed })
      if (answer) return answer
      await this.#more()
    }
  }

  /** Takes the first whole answer out of what was received, so that the next can be waited for. */
  async takeAnswer(): Promise<Answer> {
    const answer = await this.answer()
    this.received = this.received.slice(answer.size)
    return answer
  }

  /** Waits until the connection is closed. @throws Error when it stays open */
  async closed(): Promise<void> {
    while (!this.isClosed) await this.#change()
  }

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
        reject(new Error(`Nothing came for ${this.#limitMs} ms after ${JSON.stringify(this.received)}.`))
      }, this.#limitMs)
      this.#watchers.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}
