import type { VerificationErrorCode, WebhookError } from '../errors.js'
import { isWebhookError } from '../errors.js'
import type { ReceiverSettings } from '../settings/receiver-settings.js'
import type { Outcome, WebhookResponse } from '../types.js'

/** An outcome, as far as the response depends on it. */
export interface Ending {
  readonly type: Outcome['type']
  readonly error?: WebhookError | undefined
  readonly retryAfterMs?: number
}

/** Refusals that are not about authenticity. All others are 401 with the same body, so that an attacker learns nothing. */
const refusalStatuses: Partial<Record<VerificationErrorCode, readonly [status: number, word: string]>> = {
  ERR_WEBHOOK_METHOD_NOT_ALLOWED: [405, 'method not allowed'],
  ERR_WEBHOOK_BODY_TOO_LARGE: [413, 'too large'],
  ERR_WEBHOOK_BODY_TIMEOUT: [408, 'timeout'],
  ERR_WEBHOOK_BODIES_PENDING: [503, 'busy'],
  ERR_WEBHOOK_VERIFIER_TIMEOUT: [503, 'unavailable'],
  ERR_WEBHOOK_BODY_INCOMPLETE: [400, 'incomplete'],
  ERR_WEBHOOK_BODY_ENCODED: [415, 'encoded body'],
  ERR_WEBHOOK_PAYLOAD_MALFORMED: [400, 'malformed payload'],
  ERR_WEBHOOK_PAYLOAD_INVALID: [400, 'malformed payload'],
}

const retryAfterStoreDownMs = 30_000

/**
 * The only mapping from outcomes to HTTP. Never a 3xx, which senders follow, nor a 410, which ends the subscription.
 *
 * @param bodyUnread whether bytes of the body may still be waiting
 */
export function buildResponse(
  ending: Ending,
  bodyUnread: boolean,
  settings: ReceiverSettings,
): WebhookResponse {
  const { type, error } = ending
  switch (type) {
    case 'processed':
    case 'accepted':
    case 'ignored':
    case 'duplicate':
    case 'exhausted':
    case 'failed-for-good':
      return answer(200, { status: type })
    case 'conflict':
      return answer(settings.conflictStatus, { status: type })
    case 'in-progress':
      return answer(settings.inProgressStatus, { status: type }, retryAfter(ending.retryAfterMs))
    case 'held':
      return answer(503, { status: type }, retryAfter(ending.retryAfterMs))
    case 'handler-failed':
      return answer(500, { error: 'handler failed' })
    case 'unavailable':
      return answer(503, { error: 'unavailable' }, retryAfter(retryAfterStoreDownMs))
    case 'misconfigured':
      return answer(500, { error: 'misconfigured' })
    case 'refused': {
      const [status, word] = (error && refusalStatuses[error.code as VerificationErrorCode]) ?? [
        401,
        'unauthorized',
      ]
      return answer(status, { error: word }, refusalHeaders(status, settings))
    }
  }

  function answer(status: number, body: object, headers: Record<string, string> = {}): WebhookResponse {
    const reason = settings.exposeReason && isWebhookError(error) ? { code: error.code } : {}
    return {
      status,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ ...body, ...reason }),
      bodyUnread,
    }
  }
}

function retryAfter(ms = 0): Record<string, string> {
  return { 'retry-after': String(Math.max(1, Math.ceil(ms / 1000))) }
}

/** RFC 9110: a 503 has Retry-After (section 15.6.4), a 405 the allowed methods (section 15.5.6), a 401 the challenge if there is one (section 15.5.2). */
function refusalHeaders(status: number, { verification }: ReceiverSettings): Record<string, string> {
  const { methods, descriptor } = verification.scheme
  // By then all pending bodies have arrived, or were refused for their timeout.
  if (status === 503) return retryAfter(Math.min(verification.limits.bodyTimeoutMs, retryAfterStoreDownMs))
  if (status === 405) return { allow: [...methods].join(', ') }
  const isBasic = descriptor.signature.algorithm === 'basic'
  return status === 401 && isBasic ? { 'www-authenticate': 'Basic realm="webhooks", charset="UTF-8"' } : {}
}
