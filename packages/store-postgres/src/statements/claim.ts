import {
  clockAndMemory,
  digestOfKey,
  given,
  interval,
  isHeld,
  isReadCommitted,
  signedTime,
  textOrNull,
} from './fragments.js'
import type { Statement, StatementSettings } from './statement.js'

/**
 * Claims a key that has no record, as most deliveries do. Returns `claimed 1 0 other`, or no row if there is a record, and
 * changes nothing then. The statement below does the same, but costs far more to run.
 */
export function firstClaimStatement({ table, ownClock, lockTimeoutMs }: StatementSettings): Statement {
  const now = ownClock ? 'to_timestamp($8::text::float8 / 1000)' : 'clock_timestamp()'
  const hold = '$5::text::boolean'
  return {
    operation: 'claim',
    text: `INSERT INTO ${table}
  (digest, claimed_at, lease_until, retain_until, attempts, attempted_at, hold, acked, state, token, key, runs, event)
SELECT sha256(convert_to($1::text, 'UTF8')), ${now}, ${now} + ${interval('$3::text')}, ${now} + ${interval('$4::text')},
  1, ${signedTime('$6::text')}, ${hold}, false, 'claimed', $2::text, $1::text,
  1, ${textOrNull('$7::text')}
WHERE set_config('lock_timeout', '${lockTimeoutMs}ms', true) IS NOT NULL AND ${isReadCommitted}
ON CONFLICT DO NOTHING
RETURNING 'claimed 1 0 other'`,
  }
}

/**
 * Claims a key, whatever its record is. Returns `state attempts retryAfterMs same|other`, or no row at a wrong isolation level.
 *
 * All columns come from one row, which is computed under the record's lock from one reading of the clock: a CASE for each
 * column would read the clock again for each. It has no WHERE, so that there always is a row to return.
 */
export function claimStatement(settings: StatementSettings): Statement {
  const params = ['key', 'token', 'lease_ms', 'retention_ms', 'hold', 'attempted_at', 'event', 'fingerprint']
  return {
    operation: 'claim',
    text: `INSERT INTO ${settings.table} AS record
  (digest, claimed_at, lease_until, retain_until, attempts, attempted_at, hold, acked, state, token, key, runs, event)
SELECT ${digestOfKey}, given.now, given.now + ${interval('given.lease_ms')},
  given.now + ${interval('given.retention_ms')},
  1, ${signedTime('given.attempted_at')}, given.hold::boolean, false, 'claimed', given.token, given.key,
  1, ${textOrNull('given.event')}
FROM ${given(params, settings)}
WHERE given.lock_timeout IS NOT NULL AND ${isReadCommitted}
ON CONFLICT (digest) DO UPDATE SET
  (claimed_at, lease_until, retain_until, attempts, attempted_at, hold, acked, state, token, fingerprint,
    runs, copies, event, last_code) = (
    SELECT decision.now,
      CASE WHEN granted THEN new_lease ELSE record.lease_until END,
      CASE WHEN granted THEN new_retention ELSE record.retain_until END,
      CASE WHEN NOT remembered THEN 1 WHEN counted THEN record.attempts + 1 ELSE record.attempts END,
      CASE WHEN NOT remembered THEN EXCLUDED.attempted_at
        WHEN counted THEN greatest(record.attempted_at, EXCLUDED.attempted_at)
        ELSE record.attempted_at END,
      CASE WHEN granted THEN EXCLUDED.hold ELSE record.hold END,
      remembered AND record.acked,
      CASE WHEN granted THEN 'claimed' ELSE record.state END,
      CASE WHEN granted THEN EXCLUDED.token ELSE record.token END,
      CASE WHEN granted THEN NULL ELSE record.fingerprint END,
      CASE WHEN NOT remembered THEN 1
        ELSE coalesce(record.runs, record.attempts) + CASE WHEN granted AND NOT repeated THEN 1 ELSE 0 END END,
      CASE WHEN NOT remembered THEN 0 WHEN granted OR live THEN record.copies ELSE record.copies + 1 END,
      CASE WHEN NOT remembered THEN EXCLUDED.event
        WHEN granted THEN coalesce(EXCLUDED.event, record.event)
        ELSE record.event END,
      CASE WHEN NOT granted THEN record.last_code END
    FROM (
      SELECT clock.now, remembered, repeated, live,
        NOT (repeated OR live OR coalesce(EXCLUDED.attempted_at <= record.attempted_at, false)) AS counted,
        NOT remembered OR record.state = 'free' OR repeated
          OR record.state = 'claimed' AND NOT record.hold AND record.lease_until <= clock.now AS granted,
        greatest(
          clock.now + (EXCLUDED.lease_until - EXCLUDED.claimed_at),
          CASE WHEN remembered AND record.state = 'claimed' THEN record.lease_until END
        ) AS new_lease,
        greatest(
          record.retain_until,
          clock.now + (EXCLUDED.retain_until - EXCLUDED.claimed_at)
        ) AS new_retention
      FROM ${clockAndMemory(settings)}
      CROSS JOIN LATERAL (SELECT record.state = 'claimed' AND record.lease_until > clock.now AS live) AS lease
      CROSS JOIN LATERAL (
        SELECT remembered AND record.state = 'claimed' AND record.token = EXCLUDED.token
          AND NOT ${isHeld('clock.now')} AS repeated
      ) AS owner
    ) AS decision
  )
RETURNING CASE
    WHEN record.state <> 'claimed' THEN record.state
    WHEN ${isHeld('record.claimed_at')} THEN 'held'
    WHEN record.token = $2 THEN 'claimed'
    ELSE 'in-progress'
  END || ' ' || record.attempts
  || ' ' || ceil(extract(epoch FROM greatest(record.lease_until - record.claimed_at, interval '0')) * 1000)
  || CASE WHEN record.fingerprint = $8 THEN ' same' ELSE ' other' END`,
  }
}

/** For a claim whose record is locked: `attempts retryAfterMs`, read without a lock, or no row if there is no record. */
export function lockedClaimStatement({ table, ownClock }: StatementSettings): Statement {
  return {
    operation: 'claim',
    text: `SELECT record.attempts || ' ' ||
  CASE WHEN record.state = 'claimed' AND record.lease_until > given.now
    THEN ceil(extract(epoch FROM record.lease_until - given.now) * 1000) ELSE 0 END
FROM ${given(['key'], { ownClock, lockTimeoutMs: 0 })}
JOIN ${table} AS record ON record.digest = ${digestOfKey}`,
  }
}
