import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SchemeDescriptor } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'

/** What the receiver knows of a request before it verifies. */
export interface Arrived {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly body: Buffer
  readonly signature: string
  readonly time: string
}

export const receiverSecret = 'plain-receiver-secret-0123456789'

/**
 * A receiver of Visibuild's deliveries over plain `node:http`, without anything of ours. It is correct; each faulty receiver
 * overrides the one step in which it is wrong.
 */
export class PlainReceiver {
  /** What it is to be checked with. */
  readonly scheme: SchemeDescriptor = visibuild()
  handled = 0
  protected readonly server = createServer((request, response) => {
    this.receive(request, response).catch((error: unknown) => this.fail(response, error))
  })
  readonly #states = new Map<string, 'running' | 'handled'>()

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1')
    await once(this.server, 'listening')
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`
  }

  stop(): void {
    this.server.closeAllConnections()
    this.server.close()
  }

  protected async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.takesMethod(request)) return this.answer(response, 405)
    const body = await this.readBody(request, response)
    if (!body) return
    const signature = this.headerOf(request, 'x-visibuild-signature')
    const time = this.headerOf(request, 'x-visibuild-timestamp')
    const arrived = { request, response, body, signature: signature ?? '', time: time ?? '' }
    if (!this.isAuthentic(arrived)) return this.refuse(arrived)
    await this.handleOnce(arrived, this.parse(arrived))
  }

  protected takesMethod({ method }: IncomingMessage): boolean {
    return method === 'POST'
  }

  protected headerOf({ headers }: IncomingMessage, name: string): string | undefined {
    const value = headers[name]
    return typeof value === 'string' ? value : undefined
  }

  /** The whole body; undefined where it was refused and answered. */
  protected async readBody(request: IncomingMessage, response: ServerResponse): Promise<Buffer | undefined> {
    const timer = setTimeout(() => this.cutOff(response, 408), this.bodyTimeoutMs)
    const pieces: Buffer[] = []
    let size = 0
    try {
      for await (const piece of request) {
        size += piece.length
        if (size > this.maxBodyBytes) {
          this.cutOff(response, 413)
          break
        }
        pieces.push(piece)
      }
    } finally {
      clearTimeout(timer)
    }
    return response.headersSent ? undefined : Buffer.concat(pieces)
  }

  protected readonly maxBodyBytes: number = 1_048_576
  /** Long, so that on a busy machine no body is refused for its time in place of what it is tried for. */
  protected readonly bodyTimeoutMs: number = 60_000

  protected cutOff(response: ServerResponse, status: number): void {
    response.writeHead(status, { connection: 'close' }).end()
    response.once('finish', () => response.req.destroy())
  }

  protected isAuthentic({ signature, time, body }: Arrived): boolean {
    return this.matches(signature, this.signaturesOf(time, body)) && this.isTimely(this.readTime(time))
  }

  /** All that are right: one for each secret. */
  protected signaturesOf(time: string, body: Buffer): readonly string[] {
    return [this.sign(time, body)]
  }

  protected sign(time: string, body: Buffer, secret = receiverSecret): string {
    return `sha256=${createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex')}`
  }

  protected matches(given: string, expected: readonly string[]): boolean {
    return expected.some((each) => this.isEqual(Buffer.from(given, 'latin1'), Buffer.from(each, 'latin1')))
  }

  protected isEqual(given: Buffer, expected: Buffer): boolean {
    return given.length === expected.length && timingSafeEqual(given, expected)
  }

  protected readTime(text: string): number {
    return /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN
  }

  protected isTimely(seconds: number): boolean {
    return this.isNotOld(seconds) && this.isNotAhead(seconds)
  }

  protected isNotOld(seconds: number): boolean {
    return Date.now() / 1000 - seconds <= 300
  }

  protected isNotAhead(seconds: number): boolean {
    return seconds - Date.now() / 1000 <= 300
  }

  protected parse({ body }: Arrived): { readonly id: string } {
    return JSON.parse(body.toString('utf8').trim())
  }

  protected async handleOnce(arrived: Arrived, payload: { readonly id: string }): Promise<void> {
    const key = this.keyOf(arrived, payload)
    const state = this.#states.get(key)
    if (state === 'running') return this.answer(arrived.response, 503)
    if (state === 'handled') return this.answer(arrived.response, 200)
    this.#states.set(key, 'running')
    await this.handle(payload)
    this.#states.set(key, 'handled')
    this.answer(arrived.response, 204)
  }

  protected keyOf(_arrived: Arrived, { id }: { readonly id: string }): string {
    return id
  }

  protected async handle(_payload: { readonly id: string }): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.workMs))
    this.handled++
  }

  protected readonly workMs: number = 1

  protected refuse({ response }: Arrived): void {
    this.answer(response, 401)
  }

  protected fail(response: ServerResponse, _error: unknown): void {
    if (!response.headersSent) this.answer(response, 500)
  }

  protected answer(response: ServerResponse, status: number, body = ''): void {
    response.writeHead(status).end(body)
  }
}
