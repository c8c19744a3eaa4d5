import type { Outcome, WebhookErrorCode } from '@countersign/core'
import type { Capture } from '@countersign/diagnosis'

/**
 * How a delivery ended, for who develops a receiver. `valid`: verified, and new. `duplicate`: a repetition of what was answered
 * 2xx. `conflict`: the same id with another body. `in-progress`: two at once.
 */
export type ListenVerdict = 'valid' | 'duplicate' | 'conflict' | 'in-progress' | 'refused'

/** A delivery that came, and what became of it. */
export interface ArrivedDelivery {
  readonly verdict: ListenVerdict
  /** Milliseconds since the epoch. */
  readonly arrivedAt: number
  readonly status: number
  readonly event: string | undefined
  readonly id: string | undefined
  readonly attempt: number | undefined
  /** Which secret proved it. */
  readonly secretId: string | undefined
  readonly code: WebhookErrorCode | undefined
  /** The reason in words. */
  readonly reason: string | undefined
  /** As it came; undefined where its body did not come whole, or was too large. */
  readonly capture: Capture | undefined
}

/** What an outcome says about a delivery. */
export function describeOutcome(
  outcome: Outcome,
): Pick<ArrivedDelivery, 'verdict' | 'event' | 'id' | 'attempt' | 'secretId' | 'code' | 'reason'> {
  if (!('delivery' in outcome) || outcome.delivery === undefined) {
    const error = 'error' in outcome ? outcome.error : undefined
    const nothing = { event: undefined, id: undefined, attempt: undefined, secretId: undefined }
    return { verdict: 'refused', ...nothing, code: error?.code, reason: error?.message }
  }
  const { event, id, secretId } = outcome.delivery
  const attempt = 'attempt' in outcome.delivery ? Number(outcome.delivery.attempt) : undefined
  return {
    verdict: verdictOf(outcome.type),
    event,
    id,
    secretId,
    attempt,
    code: undefined,
    reason: undefined,
  }
}

function verdictOf(type: Outcome['type']): ListenVerdict {
  if (type === 'duplicate' || type === 'conflict' || type === 'in-progress') return type
  return type === 'refused' ? 'refused' : 'valid'
}
