import type { SchemeDescriptor, SecretValue } from '@countersign/core'
import type { SignedRequest } from '@countersign/testing'
import { writeRequest } from '@countersign/testing/http'
import type { CheckOptions } from './check-options.js'
import { Deliveries } from './deliveries/deliveries.js'
import type { CheckFault } from './faults.js'
import { HandledCounter } from './handled-counter.js'
import { type Limits, settleLimits } from './limits.js'
import { inTurns } from './wire/in-turns.js'
import { ProbeConnection } from './wire/probe-connection.js'
import { isAccepted, type kindOf, type Reply } from './wire/reply.js'
import { type Target, targetOf } from './wire/target.js'

/** A request to be tried, and how it is spoken of. */
export interface Probe {
  readonly what: string
  readonly request: SignedRequest
}

/** A request that was tried. */
export interface Tried extends Probe {
  /** Whether it is a delivery that is to be taken, or something anybody could send. */
  readonly isValid: boolean
  readonly reply: Reply
}

/** More at once would be a load of its own, less would take long. */
const atOnce = 6

/** One receiver under examination: how to send to it, and what was found so far. */
export class Examination {
  readonly scheme: SchemeDescriptor
  readonly secret: SecretValue
  readonly target: Target
  readonly deliveries: Deliveries
  readonly limits: Limits
  readonly handled: HandledCounter | undefined
  readonly now: () => number
  /** All that was tried, in the order of the answers. */
  readonly tried: Tried[] = []
  readonly faults = new Set<CheckFault>()
  /** Set by the first property: without a valid delivery that is taken, no refusal says anything. */
  takesValid = false
  /** Set by the first property: the count rises when a delivery is handled. */
  countRises = false
  /** How forgeries are turned away. */
  readonly refusals = new Set<ReturnType<typeof kindOf>>(['refused'])
  /** The property after which nobody answered any more. */
  diedIn: string | undefined
  /** Repetitions are answered otherwise than first deliveries. */
  tellsRepetitions = false
  readonly #signal: AbortSignal | undefined
  readonly #open = new Set<ProbeConnection>()
  /** Bodies of what was taken, each of an event of its own. */
  readonly #events = new Set<string>()
  #fresh: Promise<readonly Tried[]> | undefined
  #isSilent = false

  constructor(options: CheckOptions) {
    const { url, scheme, secret, handled, now = Date.now, payload, event, signal } = options
    this.scheme = scheme
    this.target = targetOf(url)
    this.now = now
    this.limits = settleLimits(options)
    // It refuses a secret that is missing.
    this.deliveries = new Deliveries({ scheme, secret, now, path: this.target.path, payload, event })
    this.secret = secret as SecretValue
    this.handled = handled && new HandledCounter(handled, this.limits.answerMs, signal)
    this.#signal = signal
    signal?.addEventListener('abort', () => this.close(), { once: true })
  }

  connect(): ProbeConnection {
    this.#signal?.throwIfAborted()
    const connection = new ProbeConnection(this.target)
    this.#open.add(connection)
    connection.onClosed(() => this.#open.delete(connection))
    return connection
  }

  /** Ends all that is still open. */
  close(): void {
    for (const connection of this.#open) connection.destroy()
  }

  /** A request's own headers behind those every request needs. */
  headersFor({ headers }: SignedRequest): SignedRequest['headers'] {
    const { host } = this.target.url
    return [['host', host], ['user-agent', 'countersign-check'], ['connection', 'close'], ...headers]
  }

  /** The bytes of a request. */
  write(request: SignedRequest): string {
    const { method, url, body } = request
    return writeRequest({ method, target: url, headers: this.headersFor(request), body })
  }

  /** Sends what must be refused. */
  refused(probe: Probe): Promise<Tried> {
    return this.#try(probe, false, this.#isSilent ? this.#impatientMs() : this.limits.answerMs)
  }

  /** Sends a valid delivery. */
  valid(probe: Probe): Promise<Tried> {
    return this.#try(probe, true, this.limits.validMs)
  }

  allRefused(probes: readonly Probe[]): Promise<readonly Tried[]> {
    return inTurns(probes, atOnce, (probe) => this.refused(probe))
  }

  allValid(probes: readonly Probe[]): Promise<readonly Tried[]> {
    return inTurns(probes, atOnce, (probe) => this.valid(probe))
  }

  /** Writes down what was tried by other ways than these. */
  note(tried: Tried): Tried {
    this.#signal?.throwIfAborted()
    if (tried.reply.end === 'silent' && !tried.isValid) this.#isSilent = true
    this.tried.push(tried)
    if (tried.isValid && isAccepted(tried.reply)) this.#expectRun(tried.request)
    return tried
  }

  /** Two fresh deliveries, one after the other: how this receiver answers a first time, and how fast. */
  fresh(): Promise<readonly Tried[]> {
    this.#fresh ??= (async () => [await this.#validOne(), await this.#validOne()])()
    return this.#fresh
  }

  /** Whether a fresh delivery is taken; one that is starting anew gets a second. */
  async isAlive(): Promise<boolean> {
    const until = performance.now() + 1_500
    do {
      const { reply } = await this.#validOne()
      if (isAccepted(reply) || reply.status > 0) return isAccepted(reply)
      await new Promise((resolve) => setTimeout(resolve, 50))
    } while (performance.now() < until)
    return false
  }

  #expectRun({ body, url }: SignedRequest): void {
    const event = `${url} ${Buffer.from(body).toString('latin1')}`
    if (!this.#events.has(event)) this.handled?.expectOne()
    this.#events.add(event)
  }

  /** For answers of a receiver that has left a refused request without one: each would cost the whole time. */
  #impatientMs(): number {
    const usualMs = Math.max(
      0,
      ...this.tried.filter(({ reply }) => isAccepted(reply)).map(({ reply }) => reply.ms),
    )
    return Math.min(this.limits.answerMs, Math.max(100, usualMs * 5))
  }

  #validOne(): Promise<Tried> {
    return this.valid({ what: 'a valid delivery', request: this.deliveries.make() })
  }

  async #try(probe: Probe, isValid: boolean, limitMs: number): Promise<Tried> {
    const connection = this.connect()
    void connection.send(this.write(probe.request))
    return this.note({ ...probe, isValid, reply: await connection.reply(limitMs) })
  }
}
