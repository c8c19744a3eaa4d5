import type {
  ClaimRequest,
  ClaimResult,
  CompleteRequest,
  FailRequest,
  OwnedKey,
  ReleaseRequest,
  ReleaseResult,
} from '@countersign/core'
import { type AttemptCount, countAttempt } from '@countersign/core/stores'
import { type DeliveryRow, isHeld, isLive } from './delivery-row.js'

/** What an operation answers, and what it makes of the record: another row, none (`null`), or no change. */
export interface Transition<T> {
  readonly answer: T
  readonly row?: DeliveryRow | null
}

/** What an operation makes of a key's record; a record that is forgotten is none. */
export type Change<T> = (row: DeliveryRow | undefined, now: number) => Transition<T>

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

export function extend({ token, leaseMs }: OwnedKey & { readonly leaseMs: number }): Change<boolean> {
  return (row, now) =>
    row && owns(row, token) && !isHeld(row, now)
      ? { row: { ...row, leaseUntil: after(now, leaseMs) }, answer: true }
      : { answer: false }
}

export function acknowledge({ token }: OwnedKey): Change<boolean> {
  return (row, now) =>
    row && owns(row, token) && !isHeld(row, now)
      ? { row: { ...row, acked: true }, answer: true }
      : { answer: false }
}

export function complete({ token, fingerprint, retentionMs }: CompleteRequest): Change<boolean> {
  return (row, now) => {
    if (row?.state === 'completed') return { answer: row.token === token }
    if (row && row.state !== 'free' && !owns(row, token)) return { answer: false }
    return {
      row: {
        state: 'completed',
        attempts: row?.attempts ?? 1,
        attemptedAt: row?.attemptedAt,
        token,
        fingerprint,
        leaseUntil: now,
        retainUntil: Math.max(row?.retainUntil ?? 0, after(now, retentionMs)),
        hold: false,
        acked: false,
        runs: row?.runs ?? 1,
        copies: row?.copies ?? 0,
        event: row?.event,
        code: undefined,
      },
      answer: true,
    }
  }
}

export function release({
  token,
  failFromAttempts = Number.POSITIVE_INFINITY,
  code,
}: ReleaseRequest): Change<ReleaseResult> {
  return (row, now) => {
    if (!row || !owns(row, token)) return { answer: 'lost' }
    if (row.acked || row.attempts >= failFromAttempts)
      return { row: failed(row, now, code), answer: 'failed' }
    return {
      row: { ...row, state: 'free', token: null, leaseUntil: now, hold: false, code: code || undefined },
      answer: 'released',
    }
  }
}

export function fail({ token, code }: FailRequest): Change<boolean> {
  return (row, now) =>
    row && owns(row, token) ? { row: failed(row, now, code), answer: true } : { answer: false }
}

export function forget({ force = false }: { readonly force?: boolean }): Change<boolean> {
  return (row, now) => (row && (force || !isLive(row, now)) ? { row: null, answer: true } : { answer: false })
}

/**
 * Whether the token's completion is committed. A connection with `synchronous=NORMAL`, which is better-sqlite3's own
 * setting, commits without waiting for the disk. The store's commits do wait, for all that was committed before them
 * too: so the first to ask writes, and after that no power cut can undo a completion that was answered 2xx.
 */
export function confirm({ token }: OwnedKey): Change<boolean> {
  return (row, now) => {
    if (row?.state !== 'completed' || row.token !== token) return { answer: false }
    return row.leaseUntil === 0 ? { row: { ...row, leaseUntil: now }, answer: true } : { answer: true }
  }
}

function owns(row: DeliveryRow, token: string): boolean {
  return row.state === 'claimed' && row.token === token
}

function failed(row: DeliveryRow, now: number, code: string | undefined): DeliveryRow {
  const ended = { token: null, leaseUntil: now, hold: false, acked: false }
  return { ...row, ...ended, state: 'failed', code: code || undefined }
}

/** In whole milliseconds that a column can hold, for ever included. */
export function after(now: number, ms: number): number {
  return Math.min(Math.ceil(now + ms), Number.MAX_SAFE_INTEGER)
}
