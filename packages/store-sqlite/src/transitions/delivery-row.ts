/** A record as the table holds it. A claimed one becomes held, orphaned or cut off by time alone. */
export interface DeliveryRow {
  readonly state: 'free' | 'claimed' | 'completed' | 'failed'
  readonly attempts: number
  readonly token: string | null
  readonly fingerprint: string | null
  /** See `schema.ts` for its meaning in other states. */
  readonly leaseUntil: number
  readonly retainUntil: number
  readonly hold: boolean
  readonly acked: boolean
  /** The latest signed time of a counted attempt, in milliseconds since the epoch. */
  readonly attemptedAt: number | undefined
  /** How many claims were granted. */
  readonly runs: number
  /** How many claims came after the record was completed, failed or held. */
  readonly copies: number
  readonly event: string | undefined
  /** Why the last attempt failed, while that is how it ended. */
  readonly code: string | undefined
}

export function isLive(row: DeliveryRow, now: number): boolean {
  return row.state === 'claimed' && now < row.leaseUntil
}

export function isHeld(row: DeliveryRow, now: number): boolean {
  return row.state === 'claimed' && row.hold && now >= row.leaseUntil
}

/** The same rule as `isForgettable` and `forgetAt` in `schema.ts`. */
export function isForgotten(row: DeliveryRow, now: number): boolean {
  const stays = row.state === 'failed' || row.hold || row.acked
  return !stays && now >= Math.max(row.retainUntil, row.leaseUntil)
}
