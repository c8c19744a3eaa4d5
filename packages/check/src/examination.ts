import type { SchemeDescriptor, SecretValue } from '@countersign/core'
import type { SignedRequest } from '@countersign/testing'
import { writeRequest } from '@countersign/testing/http'
import type { CheckOptions } from './check-options.js'
import { Deliveries } from './deliveries/deliveries.js'
import type { CheckFault } from './faults.js'
import { HandledCounter } from './handled-counter.js'
import { type Limits, resolveLimits } from './limits.js'
import { mapWithLimit } from './wire/map-with-limit.js'
import { ProbeConnection } from './wire/probe-connection.js'
import { type classifyReply, isAccepted, type Reply } from './wire/reply.js'
import { parseTarget, type Target } from './wire/target.js'

/** A request to send, and how reports name it. */
export interface Probe {
  readonly what: string
  readonly request: SignedRequest
}

/** A request that was sent, and its reply. */
export interface SentProbe extends Probe {
  /** Whether it is a delivery that the receiver must accept, or something anyone could send. */
  readonly isValid: boolean
  readonly reply: Reply
}

/** More would be a load test, fewer would take long. */
const maxConcurrent = 6

/** The check of one receiver: how to send to it, and what was found so far. */
export class Examination {
  readonly scheme: SchemeDescriptor
  readonly secret: SecretValue
  readonly target: Target
  readonly deliveries: Deliveries
  readonly limits: Limits
  readonly handled: HandledCounter | undefined
  readonly now: () => number
  /** Everything that was sent, in the order of the replies. */
  readonly tried: SentProbe[] = []
  readonly faults = new Set<CheckFault>()
  /** Set by the first property: unless a valid delivery is accepted, no refusal means anything. */
  acceptsValid = false
  /** Set by the first property: the count increases when a delivery is handled. */
  isCounted = false
  /** The ways in which forgeries were refused. */
  readonly refusals = new Set<ReturnType<typeof classifyReply>>(['refused'])
  /** The property after which the receiver no longer answered. */
  diedIn: string | undefined
  /** The receiver answers repetitions differently from first deliveries. */
  distinguishesRepetitions = false
  readonly #signal: AbortSignal | undefined
  readonly #open = new Set<ProbeConnection>()
  /** URLs and bodies of accepted deliveries, one for each event. */
  readonly #events = new Set<string>()
  #fresh: Promise<readonly SentProbe[]> | undefined
  #isSilent = false

  constructor(options: CheckOptions) {
    const { url, scheme, secret, handled, now = Date.now, payload, event, signal } = options
    this.scheme = scheme
    this.target = parseTarget(url)
    this.now = now
    this.limits = resolveLimits(options)
    // Throws if the secret is missing.
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

  /** Closes all connections. */
  close(): void {
    for (const connection of this.#open) connection.destroy()
  }

  /** The headers every request needs, followed by the request's own. */
  headersFor({ headers }: SignedRequest): SignedRequest['headers'] {
    const { host } = this.target.url
    return [['host', host], ['user-agent', 'countersign-check'], ['connection', 'close'], ...headers]
  }

  /** The bytes of a request. */
  write(request: SignedRequest): string {
    const { method, url, body } = request
    return writeRequest({ method, target: url, headers: this.headersFor(request), body })
  }

  /** Sends a request that the receiver must refuse. */
  sendInvalid(probe: Probe): Promise<SentProbe> {
    return this.#send(probe, false, this.#isSilent ? this.#shortLimitMs() : this.limits.answerMs)
  }

  /** Sends a valid delivery. */
  sendValid(probe: Probe): Promise<SentProbe> {
    return this.#send(probe, true, this.limits.validMs)
  }

  sendAllInvalid(probes: readonly Probe[]): Promise<readonly SentProbe[]> {
    return mapWithLimit(probes, maxConcurrent, (probe) => this.sendInvalid(probe))
  }

  sendAllValid(probes: readonly Probe[]): Promise<readonly SentProbe[]> {
    return mapWithLimit(probes, maxConcurrent, (probe) => this.sendValid(probe))
  }

  /** Records a request that was sent by other means. */
  record(tried: SentProbe): SentProbe {
    this.#signal?.throwIfAborted()
    if (tried.reply.end === 'silent' && !tried.isValid) this.#isSilent = true
    this.tried.push(tried)
    if (tried.isValid && isAccepted(tried.reply)) this.#expectRun(tried.request)
    return tried
  }

  /** Two new deliveries, one after the other, sent once: how this receiver answers a first delivery, and how fast. */
  freshDeliveries(): Promise<readonly SentProbe[]> {
    this.#fresh ??= (async () => [await this.#sendFresh(), await this.#sendFresh()])()
    return this.#fresh
  }

  /** Whether a new delivery is accepted. A receiver that restarts gets 1.5 seconds. */
  async isAlive(): Promise<boolean> {
    const until = performance.now() + 1_500
    do {
      const { reply } = await this.#sendFresh()
      if (isAccepted(reply) || reply.status > 0) return isAccepted(reply)
      await new Promise((resolve) => setTimeout(resolve, 50))
    } while (performance.now() < until)
    return false
  }

  #expectRun({ body, url }: SignedRequest): void {
    const event = `${url} ${Buffer.from(body).toString('latin1')}`
    if (!this.#events.has(event)) this.handled?.expectRun()
    this.#events.add(event)
  }

  /** The time limit once the receiver has left a refused request unanswered: waiting in full each time would take too long. */
  #shortLimitMs(): number {
    const usualMs = Math.max(
      0,
      ...this.tried.filter(({ reply }) => isAccepted(reply)).map(({ reply }) => reply.ms),
    )
    return Math.min(this.limits.answerMs, Math.max(100, usualMs * 5))
  }

  #sendFresh(): Promise<SentProbe> {
    return this.sendValid({ what: 'a valid delivery', request: this.deliveries.make() })
  }

  async #send(probe: Probe, isValid: boolean, limitMs: number): Promise<SentProbe> {
    const connection = this.connect()
    void connection.send(this.write(probe.request))
    return this.record({ ...probe, isValid, reply: await connection.reply(limitMs) })
  }
}
