import { clockAndMemory, digestOfKey, given, interval, isReadCommitted, isRemembered } from './fragments.js'
import type { Statement, StatementSettings } from './statement.js'

const params = ['key', 'token', 'fingerprint', 'retention_ms']

/**
 * Completes what the token owns, the usual case. Returns `true`, or no row if it owns nothing, and changes nothing then. The
 * statement below does the same, but costs far more to run.
 */
export function completeOwnedStatement({ table, ownClock, lockTimeoutMs }: StatementSettings): Statement {
  const now = ownClock ? 'to_timestamp($5::text::float8 / 1000)' : 'clock_timestamp()'
  const retention = `greatest(record.retain_until, ${now} + ${interval('$4::text')})`
  return {
    operation: 'complete',
    text: `UPDATE ${table} AS record SET
  state = 'completed', fingerprint = $3::text, hold = false, acked = false,
  retain_until = ${retention}
WHERE record.digest = sha256(convert_to($1::text, 'UTF8')) AND record.state = 'claimed' AND record.token = $2::text
  AND ${isRemembered(now)}
  AND set_config('lock_timeout', '${lockTimeoutMs}ms', true) IS NOT NULL AND ${isReadCommitted}
RETURNING 'true'`,
  }
}

/** Completes a key, whatever its record is. Returns `true` or `false`, or no row at a wrong isolation level. Built like `claimStatement`. */
export function completeStatement(settings: StatementSettings): Statement {
  return {
    operation: 'complete',
    text: `INSERT INTO ${settings.table} AS record
  (digest, claimed_at, lease_until, retain_until, attempts, hold, acked, state, token, fingerprint, key, runs)
SELECT ${digestOfKey}, given.now, given.now, given.now + ${interval('given.retention_ms')},
  1, false, false, 'completed', given.token, given.fingerprint, given.key, 1
FROM ${given(params, settings)}
WHERE given.lock_timeout IS NOT NULL AND ${isReadCommitted}
ON CONFLICT (digest) DO UPDATE SET
  (retain_until, attempts, attempted_at, hold, acked, state, token, fingerprint, runs, copies, event, last_code) = (
    SELECT CASE WHEN written THEN new_retention ELSE record.retain_until END,
      CASE WHEN remembered THEN record.attempts ELSE 1 END,
      CASE WHEN remembered THEN record.attempted_at END,
      record.hold AND NOT written,
      record.acked AND NOT written,
      CASE WHEN written THEN 'completed' ELSE record.state END,
      CASE WHEN written THEN EXCLUDED.token ELSE record.token END,
      CASE WHEN written THEN EXCLUDED.fingerprint ELSE record.fingerprint END,
      CASE WHEN remembered THEN record.runs ELSE 1 END,
      CASE WHEN remembered THEN record.copies ELSE 0 END,
      CASE WHEN remembered THEN record.event END,
      CASE WHEN NOT written THEN record.last_code END
    FROM (
      SELECT remembered,
        NOT remembered OR record.state = 'free'
          OR record.state = 'claimed' AND record.token = EXCLUDED.token AS written,
        greatest(
          record.retain_until,
          clock.now + (EXCLUDED.retain_until - EXCLUDED.claimed_at)
        ) AS new_retention
      FROM ${clockAndMemory(settings)}
    ) AS decision
  )
RETURNING CASE WHEN record.state = 'completed' AND record.token = $2 THEN 'true' ELSE 'false' END`,
  }
}

/** Completes what the token owns, in the user's transaction at any isolation level. Returns a row if it did. */
export function completeInStatement({ table, ownClock }: StatementSettings): Statement {
  return {
    operation: 'completeIn',
    text: `UPDATE ${table} AS record SET
  state = 'completed', fingerprint = given.fingerprint, hold = false, acked = false,
  retain_until = greatest(record.retain_until, given.now + ${interval('given.retention_ms')})
FROM ${given(params, { ownClock, lockTimeoutMs: 0 })}
WHERE record.digest = ${digestOfKey} AND record.token = given.token AND record.state = 'claimed'
  AND ${isRemembered('given.now')}
RETURNING 'true' AS completed`,
  }
}

/** Returns `true` or `false`. */
export function isCompletedStatement({ table, ownClock }: StatementSettings): Statement {
  return {
    operation: 'read the completion',
    text: `SELECT CASE WHEN count(*) > 0 THEN 'true' ELSE 'false' END
FROM ${given(['key', 'token'], { ownClock, lockTimeoutMs: 0 })}
JOIN ${table} AS record ON record.digest = ${digestOfKey}
WHERE record.state = 'completed' AND record.token = given.token AND record.retain_until > given.now`,
  }
}
