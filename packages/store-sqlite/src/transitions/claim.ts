import {
  type AttemptCount,
  type ClaimRequest,
  type ClaimResult,
  countAttempt,
} from '@countersign/core/stores'
import { type DeliveryRow, isHeld, isLive } from './delivery-row.js'
import { after, type Change, type Transition } from './transition.js'

/** Claims a key, whatever its record is. */
export function claim(request: ClaimRequest): Change<ClaimResult> {
  return (row, now) => {
    if (row?.state === 'claimed' && row.token === request.token && !isHeld(row, now)) {
      return grant(row, row, request, { now, runs: row.runs })
    }
    if (row && isLive(row, now)) {
      const retryAfterMs = row.leaseUntil - now
      return { answer: { state: 'in-progress', attempts: row.attempts, retryAfterMs } }
    }
    const count = countAttempt(row, request.attemptedAt)
    const run = { now, runs: (row?.runs ?? 0) + 1 }
    if (!row || row.state === 'free') return grant(row, count, request, run)
    const counted = { ...row, ...count, copies: row.copies + 1 }
    const { attempts } = count
    switch (row.state) {
      case 'completed': {
        const sameFingerprint = row.fingerprint === request.fingerprint
        return { row: counted, answer: { state: 'completed', attempts, sameFingerprint } }
      }
      case 'failed':
        return { row: counted, answer: { state: 'failed', attempts } }
      default:
        if (isHeld(row, now)) return { row: counted, answer: { state: 'held', attempts } }
        return grant(row, count, request, run)
    }
  }
}

function grant(
  row: DeliveryRow | undefined,
  { attempts, attemptedAt }: AttemptCount,
  { token, leaseMs, retentionMs, hold, event }: ClaimRequest,
  { now, runs }: { readonly now: number; readonly runs: number },
): Transition<ClaimResult> {
  return {
    row: {
      state: 'claimed',
      attempts,
      attemptedAt,
      token,
      fingerprint: null,
      // A claim sent twice must not shorten what its owner relies on.
      leaseUntil: Math.max(row?.state === 'claimed' ? row.leaseUntil : 0, after(now, leaseMs)),
      retainUntil: Math.max(row?.retainUntil ?? 0, after(now, retentionMs)),
      hold,
      acked: row?.acked ?? false,
      runs,
      copies: row?.copies ?? 0,
      event: event || row?.event,
      code: undefined,
    },
    answer: { state: 'claimed', attempts },
  }
}
