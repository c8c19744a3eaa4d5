import type { Socket } from 'node:net'
import { parseAnswer } from '@countersign/testing/http'
import type { Reply } from './reply.js'
import { openSocket, type Target } from './target.js'

/** An answer's beginning is enough; one without an end must not be waited for. */
const maxAnswerLength = 1_048_576

const noHeaders: ReadonlyMap<string, string> = new Map()

/** A connection that never throws: whatever becomes of a request is its reply. Text is Latin-1, one character a byte. */
export class ProbeConnection {
  readonly #socket: Socket
  readonly #ready: Promise<void>
  #received = ''
  #isReady = false
  #isClosed = false
  #code: string | undefined
  #sentAt = performance.now()
  readonly #watchers = new Set<() => void>()

  constructor(target: Target) {
    const { socket, readyEvent } = openSocket(target)
    this.#socket = socket
    socket.setEncoding('latin1')
    this.#ready = new Promise((resolve) => {
      socket.once(readyEvent, () => {
        this.#isReady = true
        resolve()
      })
      socket.once('close', () => resolve())
    })
    socket.on('data', (text: unknown) => {
      this.#received += String(text)
      this.#changed()
    })
    socket.on('error', ({ code = 'ERROR' }: NodeJS.ErrnoException) => {
      this.#code = code
    })
    socket.on('close', () => {
      this.#isClosed = true
      this.#changed()
    })
  }

  onClosed(callback: () => void): void {
    this.#socket.once('close', callback)
  }

  /** Resolves when there is a connection, or when there will be none. */
  get ready(): Promise<void> {
    return this.#ready
  }

  /** Whether bytes have come, or the connection has ended. */
  get hasNews(): boolean {
    return this.#received !== '' || this.#isClosed
  }

  /** Sends bytes. @returns whether they were taken over in time, or the connection has ended */
  async send(bytes: string | Uint8Array, limitMs = Number.POSITIVE_INFINITY): Promise<boolean> {
    await this.#ready
    this.#sentAt = performance.now()
    if (this.#isClosed || this.#write(bytes)) return true
    const isTaken = () => this.#socket.writableLength === 0
    await this.#until(isTaken, limitMs, 'drain')
    return isTaken() || this.#isClosed
  }

  /** The first whole answer, or what came instead. The connection is closed then, unless it is kept. */
  async reply(limitMs: number, { keep = false }: { readonly keep?: boolean } = {}): Promise<Reply> {
    await this.#until(() => this.#isClosed || this.#answer() !== undefined, limitMs)
    const reply = this.#reply()
    if (!keep) this.destroy()
    return reply
  }

  /** Waits for bytes or the end of the connection. @returns whether either came in time */
  async news(limitMs: number): Promise<boolean> {
    await this.#until(() => this.hasNews, limitMs)
    return this.hasNews
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #write(bytes: string | Uint8Array): boolean {
    return typeof bytes === 'string' ? this.#socket.write(bytes, 'latin1') : this.#socket.write(bytes)
  }

  #answer() {
    const text = this.#received
    const isClosed = this.#isClosed || text.length > maxAnswerLength
    const answer = text.startsWith('HTTP/') ? parseAnswer(text, { isClosed }) : undefined
    return answer && Number.isInteger(answer.status) ? answer : undefined
  }

  #reply(): Reply {
    const ms = performance.now() - this.#sentAt
    const answer = this.#answer()
    if (answer) {
      const { status, headers, body } = answer
      return { end: 'answered', status, headers, body, ms }
    }
    const end = !this.#isReady ? 'unreachable' : this.#isClosed ? 'dropped' : 'silent'
    const code = this.#code ?? (this.#isClosed ? undefined : 'ETIMEDOUT')
    return { end, status: 0, headers: noHeaders, body: '', ms, ...(code !== undefined && { code }) }
  }

  #changed(): void {
    for (const watcher of [...this.#watchers]) watcher()
  }

  #until(isThere: () => boolean, limitMs: number, event?: string): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#watchers.delete(look)
        if (event) this.#socket.off(event, look)
        resolve()
      }
      const look = () => {
        if (isThere() || this.#isClosed) done()
      }
      const timer = Number.isFinite(limitMs) ? setTimeout(done, limitMs) : undefined
      this.#watchers.add(look)
      if (event) this.#socket.on(event, look)
      look()
    })
  }
}
