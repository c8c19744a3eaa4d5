import type { Outcome, WebhookErrorCode } from '@countersign/core'
import type { Capture } from '@countersign/diagnosis'

/**
 * How a delivery ended, for the developer of a receiver. `valid`: verified and new. `duplicate`: a repetition of one that was
 * answered 2xx. `conflict`: the same id with another body. `in-progress`: the same event twice at once.
 */
export type ListenVerdict = 'valid' | 'duplicate' | 'conflict' | 'in-progress' | 'refused'

/** A delivery that was received and answered. */
export interface ReceivedDelivery {
  readonly verdict: ListenVerdict
  /** Milliseconds since the epoch. */
  readonly receivedAt: number
  readonly status: number
  readonly event: string | undefined
  readonly id: string | undefined
  readonly attempt: number | undefined
  /** The id of the secret that verified it. */
  readonly secretId: string | undefined
  readonly code: WebhookErrorCode | undefined
  /** The reason of a refusal, in words. */
  readonly reason: string | undefined
  /** The request as it was sent; undefined if its body was incomplete or too large. */
  readonly capture: Capture | undefined
}

/** The part of a delivery that the receiver's outcome decides. */
export function describeOutcome(
  outcome: Outcome,
): Pick<ReceivedDelivery, 'verdict' | 'event' | 'id' | 'attempt' | 'secretId' | 'code' | 'reason'> {
  if (!('delivery' in outcome) || outcome.delivery === undefined) {
    const error = 'error' in outcome ? outcome.error : undefined
    const nothing = { event: undefined, id: undefined, attempt: undefined, secretId: undefined }
    return { verdict: 'refused', ...nothing, code: error?.code, reason: error?.message }
  }
  const { event, id, secretId } = outcome.delivery
  const attempt = 'attempt' in outcome.delivery ? Number(outcome.delivery.attempt) : undefined
  const verdict = toVerdict(outcome.type)
  return { verdict, event, id, secretId, attempt, code: undefined, reason: undefined }
}

function toVerdict(type: Outcome['type']): ListenVerdict {
  if (type === 'duplicate' || type === 'conflict' || type === 'in-progress') return type
  return type === 'refused' ? 'refused' : 'valid'
}
