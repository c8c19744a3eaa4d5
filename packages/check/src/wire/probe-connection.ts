import type { Socket } from 'node:net'
import { parseAnswer } from '@countersign/testing/http'
import type { Reply } from './reply.js'
import { openSocket, type Target } from './target.js'

/** The first part of an answer is enough; an endless one must not block the check. */
const maxAnswerLength = 1_048_576

const noHeaders: ReadonlyMap<string, string> = new Map()

/** A connection that never throws: every failure becomes a reply. Text is Latin-1, one character for each byte. */
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
      this.#notifyWatchers()
    })
    socket.on('error', ({ code = 'ERROR' }: NodeJS.ErrnoException) => {
      this.#code = code
    })
    socket.on('close', () => {
      this.#isClosed = true
      this.#notifyWatchers()
    })
  }

  onClosed(callback: () => void): void {
    this.#socket.once('close', callback)
  }

  /** Resolves once the connection is open, or has failed. */
  get ready(): Promise<void> {
    return this.#ready
  }

  /** Whether bytes have arrived, or the connection has closed. */
  get hasActivity(): boolean {
    return this.#received !== '' || this.#isClosed
  }

  /** Sends bytes. @returns whether the system accepted them in time, or the connection has closed */
  async send(bytes: string | Uint8Array, limitMs = Number.POSITIVE_INFINITY): Promise<boolean> {
    await this.#ready
    this.#sentAt = performance.now()
    if (this.#isClosed || this.#write(bytes)) return true
    const isSent = () => this.#socket.writableLength === 0
    await this.#until(isSent, limitMs, 'drain')
    return isSent() || this.#isClosed
  }

  /** Waits for the first whole answer, or what happened instead. Closes the connection, unless `keep` is set. */
  async reply(limitMs: number, { keep = false }: { readonly keep?: boolean } = {}): Promise<Reply> {
    await this.#until(() => this.#isClosed || this.#answer() !== undefined, limitMs)
    const reply = this.#reply()
    if (!keep) this.destroy()
    return reply
  }

  /** Waits for bytes or the end of the connection. @returns whether either happened in time */
  async waitForActivity(limitMs: number): Promise<boolean> {
    await this.#until(() => this.hasActivity, limitMs)
    return this.hasActivity
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

  #notifyWatchers(): void {
    for (const watcher of [...this.#watchers]) watcher()
  }

  #until(isDone: () => boolean, limitMs: number, event?: string): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#watchers.delete(look)
        if (event) this.#socket.off(event, look)
        resolve()
      }
      const look = () => {
        if (isDone() || this.#isClosed) done()
      }
      const timer = Number.isFinite(limitMs) ? setTimeout(done, limitMs) : undefined
      this.#watchers.add(look)
      if (event) this.#socket.on(event, look)
      look()
    })
  }
}
