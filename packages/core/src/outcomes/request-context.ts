import { observeBody } from '../body/observe-body.js'
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
export interface RequestContext {
  readonly request: WebhookRequest
  /** When the sender started to wait, in milliseconds since the epoch. NaN if the clock is broken. */
  readonly receivedAt: number
  /** Redacts the secret that proved the request from all later log lines about it. */
  redact(secret: PreparedSecret): void
  /** Calls a hook, or logs if there is none. Resolves when the hook has ended, and never rejects. */
  notify(hook: keyof ReceiverHooks, facts: HookDetails): Promise<void> | undefined
  /** Adds the response to an outcome. */
  buildOutcome(ending: Ending & Record<string, unknown>): Outcome
  /** The same, as the result of `accept` for a request that is not handled. */
  decline(ending: Ending & Record<string, unknown>): Acceptance
}

export function beginRequest(request: WebhookRequest, settings: ReceiverSettings): RequestContext {
  const { verification, hooks, warn, log } = settings
  const { clock, scheme, endpoint } = verification
  const receivedAt = readSafely(clock.now)
  const startedAt = readSafely(clock.monotonic)
  let bodyUnread = typeof request.body === 'function'
  let secrets = Array.isArray(verification.secrets) ? verification.secrets : []

  const buildInfo = ({
    delivery,
    attempt,
    error,
    authentic = delivery !== undefined,
  }: HookDetails): HookInfo => {
    const named: Partial<DeliveryFields> = delivery ?? {}
    return {
      scheme: scheme.descriptor.name,
      endpoint,
      method: request.method,
      path: readPath(request.url),
      requestId: request.requestId,
      tenant: named.tenant,
      id: named.id,
      idempotencyKey: named.idempotencyKey,
      event: delivery?.event,
      secretId: named.secretId,
      attempt,
      code: error?.code,
      error,
      authentic,
      durationMs: readSafely(clock.monotonic) - startedAt,
    }
  }
  const buildOutcome = (ending: Ending & Record<string, unknown>) =>
    Object.assign(ending, { response: buildResponse(ending, bodyUnread, settings) }) as unknown as Outcome

  const call = async (name: keyof ReceiverHooks, facts: HookDetails) => {
    const { delivery, rawBody = delivery?.rawBody } = facts
    try {
      const info = Object.defineProperties(buildInfo(facts), {
        delivery: { value: delivery },
        rawBody: { value: rawBody },
      })
      const result = hooks[name]?.(info as FailureInfo)
      if (!isThenable(result)) return
      await withTimeout(Promise.resolve(result), callbackTimeoutMs, clock, () => new HookTimeout())
    } catch (error) {
      warn(
        error instanceof HookTimeout
          ? `The hook ${name} did not end within ${callbackTimeoutMs} ms; the receiver no longer waits for it.`
          : `The hook ${name} threw; hooks must not.`,
      )
    }
  }

  const notify = (name: keyof ReceiverHooks, facts: HookDetails) => {
    if (hooks[name]) return call(name, facts)
    if (!log.covers(name)) return undefined
    const { delivery, rawBody = delivery?.rawBody, outcome: ending } = facts
    const sensitive = { secrets, rawBody }
    log.write(name, { info: buildInfo(facts), outcome: ending, hostLogger: request.logger, sensitive })
    return undefined
  }

  return {
    request: observeBody(request, () => {
      bodyUnread = false
    }),
    receivedAt,
    redact: (secret) => {
      if (!secrets.includes(secret)) secrets = [...secrets, secret]
    },
    notify,
    buildOutcome,
    decline: (ending) => ({ accepted: false, outcome: buildOutcome(ending) }),
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
