import type { StatementSettings } from './statement.js'

/**
 * Only READ COMMITTED sees what others have committed since the statement began. At the stricter levels PostgreSQL would
 * refuse every second claim of a key; a statement changes nothing there, and gives no row.
 */
export const isReadCommitted = `current_setting('transaction_isolation') IN ('read committed', 'read uncommitted')`

/**
 * The parameters under names, with `now`, which is read once and so the same for all that is decided. Each `$n` stands
 * in it once and in order, so that query builders can have `?` instead.
 */
export function given(
  names: readonly string[],
  { ownClock, lockTimeoutMs }: Pick<StatementSettings, 'ownClock' | 'lockTimeoutMs'>,
): string {
  const columns = names.map((name, index) => `$${index + 1}::text AS ${name}`)
  const now = ownClock ? `to_timestamp($${names.length + 1}::text::float8 / 1000)` : 'clock_timestamp()'
  // Local to the transaction, which is this statement's own: the session keeps its setting. 0 leaves it alone.
  const limit =
    lockTimeoutMs > 0 ? [`set_config('lock_timeout', '${lockTimeoutMs}ms', true) AS lock_timeout`] : []
  return `(SELECT ${[...columns, `${now} AS now`, ...limit].join(', ')} OFFSET 0) AS given`
}

export const digestOfKey = `sha256(convert_to(given.key, 'UTF8'))`

/** Milliseconds in a column of text as an interval. */
export function interval(column: string): string {
  return `${column}::float8 * interval '1 millisecond'`
}

/** A signed time in a column of text; NULL for the empty one. */
export function signedTime(column: string): string {
  return `nullif(${column}, '')::float8`
}

/** A text in a column of text; NULL for the empty one. */
export function textOrNull(column: string): string {
  return `nullif(${column}, '')`
}

/** A lease that ended on a claim with `hold`. */
export function isHeld(now: string): string {
  return `(record.state = 'claimed' AND record.hold AND record.lease_until <= ${now})`
}

/** Neither past its retention nor kept beyond it. Failed records have an endless one. */
export function isRemembered(now: string): string {
  return `(record.retain_until > ${now} OR record.state = 'claimed'
    AND (record.hold OR record.acked OR record.lease_until > ${now}))`
}
