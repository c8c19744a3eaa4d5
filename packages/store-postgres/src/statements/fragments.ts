import type { StatementSettings } from './statement.js'

/**
 * Only READ COMMITTED sees what others have committed since the statement began. At stricter levels PostgreSQL would
 * refuse every second claim of a key, so a statement changes nothing there and returns no row.
 */
export const isReadCommitted = `current_setting('transaction_isolation') IN ('read committed', 'read uncommitted')`

/**
 * Names the parameters and adds `now`, which is read once so that every decision uses the same time. Each `$n` occurs once
 * and in order, so that query builders can replace it with `?`.
 */
export function given(
  names: readonly string[],
  { ownClock, lockTimeoutMs }: Pick<StatementSettings, 'ownClock' | 'lockTimeoutMs'>,
): string {
  const columns = names.map((name, index) => `$${index + 1}::text AS ${name}`)
  const now = ownClock ? `to_timestamp($${names.length + 1}::text::float8 / 1000)` : 'clock_timestamp()'
  // Local to the transaction, which is this statement's own: the session keeps its setting. 0 changes nothing.
  const limit =
    lockTimeoutMs > 0 ? [`set_config('lock_timeout', '${lockTimeoutMs}ms', true) AS lock_timeout`] : []
  return `(SELECT ${[...columns, `${now} AS now`, ...limit].join(', ')} OFFSET 0) AS given`
}

export const digestOfKey = `sha256(convert_to(given.key, 'UTF8'))`

/** A text column of milliseconds as an interval. */
export function interval(column: string): string {
  return `${column}::float8 * interval '1 millisecond'`
}

/** A text column of a signed time; NULL if empty. */
export function signedTime(column: string): string {
  return `nullif(${column}, '')::float8`
}

/** A text column; NULL if empty. */
export function textOrNull(column: string): string {
  return `nullif(${column}, '')`
}

/** A claim with `hold` whose lease has ended. */
export function isHeld(now: string): string {
  return `(record.state = 'claimed' AND record.hold AND record.lease_until <= ${now})`
}

/** The record is not forgotten: it is within its retention, which is endless for a failed one, or kept beyond it. */
export function isRemembered(now: string): string {
  return `(record.retain_until > ${now} OR record.state = 'claimed'
    AND (record.hold OR record.acked OR record.lease_until > ${now}))`
}

/**
 * The clock of an upsert, and whether the record it meets is remembered, as `clock.now` and `remembered`. It is read once, so that every
 * decision uses the same time.
 */
export function clockAndMemory({ ownClock }: Pick<StatementSettings, 'ownClock'>): string {
  return `(SELECT ${ownClock ? 'EXCLUDED.claimed_at' : 'clock_timestamp()'} AS now OFFSET 0) AS clock
      CROSS JOIN LATERAL (SELECT ${isRemembered('clock.now')} AS remembered) AS memory`
}
