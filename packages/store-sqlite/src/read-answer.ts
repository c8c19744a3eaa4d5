import { readNote } from '@countersign/core/stores'
import type { DeliveryRow } from './transitions/delivery-row.js'

/** The database returned something that the statement cannot return. */
export class UnreadableAnswerError extends Error {
  override name = 'UnreadableAnswerError'
}

const states: readonly unknown[] = ['free', 'claimed', 'completed', 'failed']

/**
 * Reads the row that a driver returned for a key.
 *
 * @returns undefined if there is none
 * @throws UnreadableAnswerError for anything but a row of the table: it must not pass for a free key
 */
export function readRow(found: unknown): DeliveryRow | undefined {
  if (found === undefined || found === null) return undefined
  const { state, attempts, token, fingerprint, lease_until, retain_until, hold, acked, attempted_at } =
    Object(found)
  // An earlier version of the package writes none of these.
  const { runs, copies, event, last_code } = Object(found)
  const counts = [attempts, runs ?? attempts, copies ?? 0]
  const numbers = [...counts, lease_until, retain_until, hold, acked, attempted_at ?? 0].map(Number)
  if (!states.includes(state) || numbers.some(Number.isNaN)) {
    throw new UnreadableAnswerError('The database returned a row that is not a record.')
  }
  return {
    state,
    attempts: Number(attempts),
    token,
    fingerprint,
    leaseUntil: Number(lease_until),
    retainUntil: Number(retain_until),
    hold: Number(hold) === 1,
    acked: Number(acked) === 1,
    attemptedAt: attempted_at === undefined || attempted_at === null ? undefined : Number(attempted_at),
    runs: Number(runs ?? attempts),
    copies: Number(copies ?? 0),
    event: readNote(event),
    code: readNote(last_code),
  }
}

/**
 * Reads a row of a page: the record, and its key as it is written.
 *
 * @throws UnreadableAnswerError
 */
export function readKeyedRow(found: unknown): { readonly written: string; readonly row: DeliveryRow } {
  const { key } = Object(found)
  const row = readRow(found)
  if (typeof key !== 'string' || !row) {
    throw new UnreadableAnswerError('The database returned a row without a key.')
  }
  return { written: key, row }
}
