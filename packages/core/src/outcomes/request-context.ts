import type { WebhookError } from '../errors.js'
import type { FailureInfo, HookInfo, ReceiverHooks } from '../options.js'
import { isThenable } from '../promises/maybe-promise.js'
import { callbackTimeoutMs, withTimeout } from '../promises/with-timeout.js'
import type { PreparedSecret } from '../secrets/prepare-secrets.js'
import type { ReceiverSettings } from '../settings/receiver-settings.js'
import { buildResponse, type Ending } from '../steps/build-response.js'
import type { Acceptance, DeliveryFields, Outcome, VerifiedDelivery, WebhookRequest } from '../types.js'

/** What a notification adds to the context of its request. */
export interface HookDetails {
  /** The outcome's type, for the log line that is written if there is no hook. */
  readonly outcome?: Outcome['type'] | undefined
  readonly delivery?: VerifiedDelivery
  readonly attempt?: number
  readonly error?: WebhookError | undefined
  readonly authentic?: boolean
  readonly rawBody?: Uint8Array
}

/** One request being processed: when it was received, whether its body was read, and how hooks and log are notified. */
export class RequestContext {
  readonly request: WebhookRequest
  /** When the sender started to wait, in milliseconds since the epoch. NaN if the clock is broken. */
  readonly receivedAt: number
  readonly #settings: ReceiverSettings
  readonly #startedAt: number
  #bodyUnread: boolean
  #secrets: readonly PreparedSecret[]

  constructor(request: WebhookRequest, settings: ReceiverSettings) {
    const { clock, secrets } = settings.verification
    this.request = request
    this.receivedAt = readSafely(clock.now)
    this.#settings = settings
    this.#startedAt = readSafely(clock.monotonic)
    this.#bodyUnread = typeof request.body === 'function'
    this.#secrets = typeof secrets === 'function' ? [] : secrets
  }

  /** The body has been read to its end. */
  noteBodyRead(): void {
    this.#bodyUnread = false
  }

  /** Redacts the secret that proved the request from all later log lines about it. */
  redact(secret: PreparedSecret): void {
    if (!this.#secrets.includes(secret)) this.#secrets = [...this.#secrets, secret]
  }

  /** Calls a hook, or logs if there is none. Resolves when the hook has ended, and never rejects. */
  notify(hook: keyof ReceiverHooks, facts: HookDetails): Promise<void> | undefined {
    const { hooks, log } = this.#settings
    if (hooks[hook]) return this.#call(hook, facts)
    if (!log.covers(hook)) return undefined
    const { delivery, rawBody = delivery?.rawBody, outcome } = facts
    const sensitive = { secrets: this.#secrets, rawBody }
    log.write(hook, { info: this.#buildInfo(facts), outcome, hostLogger: this.request.logger, sensitive })
    return undefined
  }

  /** Adds the response to an outcome. */
  buildOutcome(ending: Ending & Record<string, unknown>): Outcome {
    const response = buildResponse(ending, this.#bodyUnread, this.#settings)
    return Object.assign(ending, { response }) as unknown as Outcome
  }

  /** The same, as the result of `accept` for a request that is not handled. */
  decline(ending: Ending & Record<string, unknown>): Acceptance {
    return { accepted: false, outcome: this.buildOutcome(ending) }
  }

  async #call(hook: keyof ReceiverHooks, facts: HookDetails): Promise<void> {
    const { hooks, warn, verification } = this.#settings
    const { delivery, rawBody = delivery?.rawBody } = facts
    try {
      const info = Object.defineProperties(this.#buildInfo(facts), {
        delivery: { value: delivery },
        rawBody: { value: rawBody },
      })
      const result = hooks[hook]?.(info as FailureInfo)
      if (!isThenable(result)) return
      const lateError = () => new HookTimeout()
      await withTimeout(Promise.resolve(result), callbackTimeoutMs, verification.clock, lateError)
    } catch (error) {
      warn(
        error instanceof HookTimeout
          ? `The hook ${hook} did not end within ${callbackTimeoutMs} ms; the receiver no longer waits for it.`
          : `The hook ${hook} threw; hooks must not.`,
      )
    }
  }

  #buildInfo({ delivery, attempt, error, authentic = delivery !== undefined }: HookDetails): HookInfo {
    const { clock, scheme, endpoint } = this.#settings.verification
    const { method, url, requestId } = this.request
    const named: Partial<DeliveryFields> = delivery ?? {}
    return {
      scheme: scheme.descriptor.name,
      endpoint,
      method,
      path: readPath(url),
      requestId,
      tenant: named.tenant,
      id: named.id,
      idempotencyKey: named.idempotencyKey,
      event: delivery?.event,
      secretId: named.secretId,
      attempt,
      code: error?.code,
      error,
      authentic,
      durationMs: readSafely(clock.monotonic) - this.#startedAt,
    }
  }
}

class HookTimeout extends Error {}

/** The path of a request target, which may be a whole URL (RFC 9112 section 3.2). */
function readPath(url: string): string {
  const [target = ''] = String(url).split(/[?#]/, 1)
  return target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '') || '/'
}

/** NaN if the clock is broken; the request is refused for that later. */
function readSafely(reading: () => number): number {
  try {
    return reading()
  } catch {
    return Number.NaN
  }
}
