import type { FailRequest, OwnedKey, ReleaseRequest, ReleaseResult } from '@countersign/core/stores'
import { type DeliveryRow, isHeld, isLive } from './delivery-row.js'
import { after, type Change, owns } from './transition.js'

/** Extends the lease of the token's claim. */
export function extend({ token, leaseMs }: OwnedKey & { readonly leaseMs: number }): Change<boolean> {
  return (row, now) =>
    row && owns(row, token) && !isHeld(row, now)
      ? { row: { ...row, leaseUntil: after(now, leaseMs) }, answer: true }
      : { answer: false }
}

/** Notes that the sender was answered 2xx. */
export function acknowledge({ token }: OwnedKey): Change<boolean> {
  return (row, now) =>
    row && owns(row, token) && !isHeld(row, now)
      ? { row: { ...row, acked: true }, answer: true }
      : { answer: false }
}

/** Gives the token's claim up. */
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

/** Fails the token's claim for good. */
export function fail({ token, code }: FailRequest): Change<boolean> {
  return (row, now) =>
    row && owns(row, token) ? { row: failed(row, now, code), answer: true } : { answer: false }
}

/** Deletes the record, unless a live claim owns it and `force` is missing. */
export function forget({ force = false }: { readonly force?: boolean }): Change<boolean> {
  return (row, now) => (row && (force || !isLive(row, now)) ? { row: null, answer: true } : { answer: false })
}

function failed(row: DeliveryRow, now: number, code: string | undefined): DeliveryRow {
  const ended = { token: null, leaseUntil: now, hold: false, acked: false }
  return { ...row, ...ended, state: 'failed', code: code || undefined }
}
