import { readKey } from '@countersign/core/stores'

/** A record as it lies in the table. Held, orphaned and cut off are what time makes of a claimed one. */
export interface DeliveryRow {
  readonly state: 'free' | 'claimed' | 'completed' | 'failed'
  readonly attempts: number
  readonly token: string | null
  readonly fingerprint: string | null
  /** See `schema.ts` for what it is beyond a claim. */
  readonly leaseUntil: number
  readonly retainUntil: number
  readonly hold: boolean
  readonly acked: boolean
  /** The latest signed time of a counted attempt, in milliseconds since the epoch. */
  readonly attemptedAt: number | undefined
  /** How many claims were granted. */
  readonly runs: number
  /** How many claims came for what was completed, failed or held already. */
  readonly copies: number
  readonly event: string | undefined
  /** Why the last attempt failed, while that is how it ended. */
  readonly code: string | undefined
}

const states: readonly unknown[] = ['free', 'claimed', 'completed', 'failed']

/**
 * Takes what a driver gave for a record's row; nothing, where there is none.
 *
 * @throws Error for what is no row of this table: it must not pass for a free key
 */
export function readRow(found: unknown): DeliveryRow | undefined {
  if (found === undefined || found === null) return undefined
  const { state, attempts, token, fingerprint, lease_until, retain_until, hold, acked, attempted_at } =
    Object(found)
  // An earlier version of the package wrote none of these.
  const { runs, copies, event, last_code } = Object(found)
  const counts = [attempts, runs ?? attempts, copies ?? 0]
  const numbers = [...counts, lease_until, retain_until, hold, acked, attempted_at ?? 0].map(Number)
  if (!states.includes(state) || numbers.some(Number.isNaN)) throw new Error('A row that is no record.')
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
    event: textOf(event),
    code: textOf(last_code),
  }
}

function textOf(written: unknown): string | undefined {
  return typeof written === 'string' ? readKey(written) : undefined
}

export function isLive(row: DeliveryRow, now: number): boolean {
  return row.state === 'claimed' && now < row.leaseUntil
}

export function isHeld(row: DeliveryRow, now: number): boolean {
  return row.state === 'claimed' && row.hold && now >= row.leaseUntil
}

/** As `isForgettable` and `forgetAt` in `schema.ts`. */
export function isForgotten(row: DeliveryRow, now: number): boolean {
  const stays = row.state === 'failed' || row.hold || row.acked
  return !stays && now >= Math.max(row.retainUntil, row.leaseUntil)
}
