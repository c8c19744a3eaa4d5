import { observeBody } from '../body/observe-body.js'
import type { WebhookError } from '../errors.js'
import type { FailureInfo, HookInfo, ReceiverHooks } from '../options.js'
import { isThenable } from '../promises/maybe-promise.js'
import { callbackTimeoutMs, withTimeout } from '../promises/with-timeout.js'
import type { PreparedSecret } from '../secrets/prepare-secrets.js'
import type { ReceiverSettings } from '../settings/receiver-settings.js'
import { buildResponse, type Ending } from '../steps/build-response.js'
import type { Acceptance, DeliveryFields, Outcome, VerifiedDelivery, WebhookRequest } from '../types.js'

/** What a hook gets beside what the arrival knows itself. */
export interface HookFacts {
  /** How the delivery ends, for the line that is written where there is no hook. */
  readonly outcome?: Outcome['type'] | undefined
  readonly delivery?: VerifiedDelivery
  readonly attempt?: number
  readonly error?: WebhookError | undefined
  readonly authentic?: boolean
  readonly rawBody?: Uint8Array
}

/** One request on its way: when it came, whether its body was read, and who is told what happens to it. */
export interface Arrival {
  readonly request: WebhookRequest
  /** Milliseconds since the epoch: from then on the sender waits. NaN where the clock is broken. */
  readonly arrivedAt: number
  /** The secret that proved the request: lines about it must not repeat it. */
  provedBy(secret: PreparedSecret): void
  /** Calls a hook, or logs where there is none. It resolves when the hook has ended, and never rejects. */
  tell(hook: keyof ReceiverHooks, facts: HookFacts): Promise<void> | undefined
  /** An outcome with its response. */
  outcome(ending: Ending & Record<string, unknown>): Outcome
  /** The same, as the end of the way. */
  end(ending: Ending & Record<string, unknown>): Acceptance
}

export function beginArrival(request: WebhookRequest, settings: ReceiverSettings): Arrival {
  const { verification, hooks, warn, log } = settings
  const { clock, scheme, endpoint } = verification
  const arrivedAt = readSafely(clock.now)
  const startedAt = readSafely(clock.monotonic)
  let bodyUnread = typeof request.body === 'function'
  let secrets = Array.isArray(verification.secrets) ? verification.secrets : []

  const infoOf = ({ delivery, attempt, error, authentic = delivery !== undefined }: HookFacts): HookInfo => {
    const named: Partial<DeliveryFields> = delivery ?? {}
    return {
      scheme: scheme.descriptor.name,
      endpoint,
      method: request.method,
      path: pathOf(request.url),
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
  const outcome = (ending: Ending & Record<string, unknown>) =>
    Object.assign(ending, { response: buildResponse(ending, bodyUnread, settings) }) as unknown as Outcome

  const call = async (name: keyof ReceiverHooks, facts: HookFacts) => {
    const { delivery, rawBody = delivery?.rawBody } = facts
    try {
      const info = Object.defineProperties(infoOf(facts), {
        delivery: { value: delivery },
        rawBody: { value: rawBody },
      })
      const result = hooks[name]?.(info as FailureInfo)
      if (!isThenable(result)) return
      await withTimeout(Promise.resolve(result), callbackTimeoutMs, clock, () => new HookTimeout())
    } catch (error) {
      warn(
        error instanceof HookTimeout
          ? `The hook ${name} had not ended after ${callbackTimeoutMs} ms; nothing waits for it any longer.`
          : `The hook ${name} threw; hooks must not.`,
      )
    }
  }

  const tell = (name: keyof ReceiverHooks, facts: HookFacts) => {
    if (hooks[name]) return call(name, facts)
    if (!log.covers(name)) return undefined
    const { delivery, rawBody = delivery?.rawBody, outcome: ending } = facts
    const withheld = { secrets, rawBody }
    log.write(name, { info: infoOf(facts), outcome: ending, hostLogger: request.logger, withheld })
    return undefined
  }

  return {
    request: observeBody(request, () => {
      bodyUnread = false
    }),
    arrivedAt,
    provedBy: (secret) => {
      if (!secrets.includes(secret)) secrets = [...secrets, secret]
    },
    tell,
    outcome,
    end: (ending) => ({ accepted: false, outcome: outcome(ending) }),
  }
}

class HookTimeout extends Error {}

/** The path of a request target, which may be a whole URL (RFC 9112 section 3.2). */
function pathOf(url: string): string {
  const [target = ''] = String(url).split(/[?#]/, 1)
  return target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '') || '/'
}

/** NaN where the clock is broken, which refuses the request in its turn. */
function readSafely(reading: () => number): number {
  try {
    return reading()
  } catch {
    return Number.NaN
  }
}
