import type { WebhookError } from './errors.js'
import { isThenable } from './is-promise.js'
import { observeBody } from './observe-body.js'
import type { FailureInfo, HookInfo, ReceiverHooks } from './options.js'
import type { ReceiverSettings } from './receiver-settings.js'
import { buildResponse, type Ending } from './steps/build-response.js'
import type { Acceptance, DeliveryFields, Outcome, VerifiedDelivery, WebhookRequest } from './types.js'
import { callbackTimeoutMs, withTimeout } from './with-timeout.js'

/** What a hook is told beside what the arrival knows itself. */
export interface HookFacts {
  readonly delivery?: VerifiedDelivery
  readonly attempt?: number
  readonly error?: WebhookError | undefined
  readonly authentic?: boolean
  readonly rawBody?: Uint8Array
}

/** One request on its way: when it came, whether its body was read, and how what happens to it is told. */
export interface Arrival {
  readonly request: WebhookRequest
  /** Milliseconds since the epoch: from then on the sender waits. NaN where the clock is broken. */
  readonly arrivedAt: number
  /** Calls a hook, where there is one. It resolves when the hook has ended, and never rejects. */
  tell(hook: keyof ReceiverHooks, facts: HookFacts): Promise<void> | undefined
  /** An outcome with its response. */
  outcome(ending: Ending & Record<string, unknown>): Outcome
  /** The same, as the end of the way. */
  end(ending: Ending & Record<string, unknown>): Acceptance
}

export function beginArrival(request: WebhookRequest, settings: ReceiverSettings): Arrival {
  const { verification, hooks, warn } = settings
  const { clock, scheme, endpoint } = verification
  const arrivedAt = readSafely(clock.now)
  const startedAt = readSafely(clock.monotonic)
  let bodyUnread = typeof request.body === 'function'

  const infoOf = ({ delivery, attempt, error, authentic = delivery !== undefined }: HookFacts): HookInfo => {
    const named: Partial<DeliveryFields> = delivery ?? {}
    return {
      scheme: scheme.descriptor.name,
      endpoint,
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

  return {
    request: observeBody(request, () => {
      bodyUnread = false
    }),
    arrivedAt,
    tell: (name, facts) => (hooks[name] ? call(name, facts) : undefined),
    outcome,
    end: (ending) => ({ accepted: false, outcome: outcome(ending) }),
  }
}

class HookTimeout extends Error {}

/** NaN where the clock is broken, which refuses the request in its turn. */
function readSafely(reading: () => number): number {
  try {
    return reading()
  } catch {
    return Number.NaN
  }
}
