import type { ClaimResult, DeliveryRecord, ReleaseResult } from '@countersign/core/stores'
import { readNote } from './commands/write-fields.js'

/** The client returned a reply that no command or script of the store has. */
export class UnreadableAnswerError extends Error {
  override name = 'NoAnswerError'
}

/** Whether `SET ... NX` has written. */
export function readSet(answer: unknown): boolean {
  if (answer === 'OK') return true
  if (answer === null) return false
  throw unreadable()
}

export function readClaim(answer: unknown): ClaimResult {
  const [, state, count, detail] = match(
    answer,
    /^(claimed|failed|held|in-progress|completed) ([1-9]\d*)(?: ([1-9]\d*|same|other))?$/,
  )
  const attempts = Number(count)
  if (state === 'completed' && (detail === 'same' || detail === 'other')) {
    return { state, attempts, sameFingerprint: detail === 'same' }
  }
  const retryAfterMs = Number(detail)
  if (state === 'in-progress' && retryAfterMs > 0) return { state, attempts, retryAfterMs }
  if ((state === 'claimed' || state === 'failed' || state === 'held') && detail === undefined) {
    return { state, attempts }
  }
  throw unreadable()
}

export function readBoolean(answer: unknown): boolean {
  return match(answer, /^(?:yes|no)$/)[0] === 'yes'
}

export function readRelease(answer: unknown): ReleaseResult {
  return match(answer, /^(?:released|failed|lost)$/)[0] as ReleaseResult
}

/** The record of a key, or undefined if it was forgotten meanwhile. */
export function readRecord(answer: unknown, key: string): DeliveryRecord | undefined {
  if (answer === 'forgotten') return undefined
  const [, state, attempts, copies, left, since, event = '-', code = '-'] = match(
    answer,
    /^(free|claimed|acked|orphaned|held|failed|completed) (\d+) (\d+) (-|\d+) (-|\d+) (\S+) (\S+)$/,
  )
  return {
    key,
    state: state as DeliveryRecord['state'],
    event: readNote(event),
    attempts: Number(attempts),
    copies: Number(copies),
    lastCode: readNote(code),
    leaseLeftMs: left === '-' ? undefined : Number(left),
    sinceMs: since === '-' ? undefined : Number(since),
  }
}

/** The next cursor and the keys of one SCAN. */
export function readScan(answer: unknown): readonly [cursor: string, keys: readonly string[]] {
  if (Array.isArray(answer) && answer.length === 2) {
    const [cursor, keys] = answer as [unknown, unknown]
    const next = String(cursor)
    if (/^\d+$/.test(next) && Array.isArray(keys) && keys.every((key) => typeof key === 'string')) {
      return [next, keys]
    }
  }
  throw unreadable()
}

function match(answer: unknown, form: RegExp): RegExpExecArray {
  const found = typeof answer === 'string' ? form.exec(answer) : null
  if (found === null) throw unreadable()
  return found
}

function unreadable(): UnreadableAnswerError {
  return new UnreadableAnswerError("The reply is not one that the store's commands have.")
}
