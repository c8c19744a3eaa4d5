import { isRemembered } from './fragments.js'
import type { Statement, StatementSettings } from './statement.js'

/** The record's `RecordState`. */
const stateAt = (now: string) => `CASE
    WHEN record.state <> 'claimed' THEN record.state
    WHEN record.lease_until > ${now} THEN CASE WHEN record.acked THEN 'acked' ELSE 'claimed' END
    WHEN record.acked THEN 'orphaned'
    WHEN record.hold THEN 'held'
    ELSE 'free'
  END`

/** A time that is the same throughout the statement. */
function timeOf({ ownClock }: StatementSettings, param: number): string {
  return ownClock ? `to_timestamp($${param}::text::float8 / 1000)` : 'statement_timestamp()'
}

/**
 * One page of the records in some states, after a digest (hex), in the order of digests. Each row is a JSON list: digest, key,
 * state, leaseLeftMs, sinceMs, event, attempts, copies, lastCode.
 *
 * It joins nothing, so that PostgreSQL reads the primary key in order and stops when the page is full.
 */
export function listStatement(settings: StatementSettings, pageSize: number): Statement {
  const now = timeOf(settings, 3)
  const msUntilLeaseEnd = `extract(epoch FROM record.lease_until - ${now}) * 1000`
  return {
    operation: 'list',
    text: `SELECT json_build_array(encode(record.digest, 'hex'), record.key, ${stateAt(now)},
  CASE WHEN record.state = 'claimed' AND record.lease_until > ${now} THEN ceil(${msUntilLeaseEnd}) END,
  CASE WHEN record.state = 'failed' OR record.state = 'free' AND record.last_code IS NOT NULL
      OR record.state = 'claimed' AND record.lease_until <= ${now}
    THEN floor(-(${msUntilLeaseEnd})) END,
  record.event, coalesce(record.runs, record.attempts), record.copies, record.last_code)::text
FROM ${settings.table} AS record
WHERE record.digest > decode($1::text, 'hex')
  AND ${stateAt(now)} = ANY (string_to_array($2::text, ',')) AND ${isRemembered(now)}
ORDER BY record.digest
LIMIT ${pageSize}`,
  }
}

/** The number of records in each state that occurs: `state count`. */
export function countStatement(settings: StatementSettings): Statement {
  const now = timeOf(settings, 1)
  return {
    operation: 'count',
    text: `SELECT seen.state || ' ' || count(*)
FROM ${settings.table} AS record
CROSS JOIN LATERAL (SELECT ${stateAt(now)} AS state) AS seen
WHERE ${isRemembered(now)}
GROUP BY seen.state`,
  }
}
