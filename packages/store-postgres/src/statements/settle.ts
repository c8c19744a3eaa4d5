import {
  digestOfKey,
  given,
  interval,
  isHeld,
  isReadCommitted,
  isRemembered,
  textOrNull,
} from './fragments.js'
import type { Statement, StatementSettings } from './statement.js'

/** Changes a claim that the token owns; returns what `answer` makes of the changed row. */
function changeOwned(
  settings: StatementSettings,
  {
    operation,
    params = [],
    set,
    where = 'true',
    answer = `CASE WHEN count(*) > 0 THEN 'true' ELSE 'false' END`,
  }: {
    readonly operation: string
    readonly params?: readonly string[]
    readonly set: string
    readonly where?: string
    readonly answer?: string
  },
): Statement {
  return {
    operation,
    text: `WITH changed AS (
  UPDATE ${settings.table} AS record SET ${set}
  FROM ${given(['key', 'token', ...params], settings)}
  WHERE record.digest = ${digestOfKey} AND record.state = 'claimed' AND record.token = given.token
    AND ${isRemembered('given.now')} AND ${where}
    AND given.lock_timeout IS NOT NULL AND ${isReadCommitted}
  RETURNING record.state
)
SELECT ${answer} FROM changed HAVING ${isReadCommitted}`,
  }
}

const failed = `token = NULL, hold = false, lease_until = given.now,
    retain_until = 'infinity', state = 'failed', last_code = ${textOrNull('given.code')}`

/** Returns `true` or `false`. */
export function extendStatement(settings: StatementSettings): Statement {
  return changeOwned(settings, {
    operation: 'extend',
    params: ['lease_ms'],
    set: `lease_until = given.now + ${interval('given.lease_ms')}`,
    where: `NOT ${isHeld('given.now')}`,
  })
}

/** Returns `true` or `false`. */
export function acknowledgeStatement(settings: StatementSettings): Statement {
  return changeOwned(settings, {
    operation: 'acknowledge',
    set: 'acked = true',
    where: `NOT ${isHeld('given.now')}`,
  })
}

/** Returns `free`, `failed` or `lost`. */
export function releaseStatement(settings: StatementSettings): Statement {
  const fails = `(record.acked OR record.attempts >= given.fail_from::float8)`
  return changeOwned(settings, {
    operation: 'release',
    params: ['fail_from', 'code'],
    set: `token = NULL, hold = false,
    lease_until = given.now, last_code = ${textOrNull('given.code')},
    retain_until = CASE WHEN ${fails} THEN 'infinity' ELSE record.retain_until END,
    state = CASE WHEN ${fails} THEN 'failed' ELSE 'free' END`,
    answer: `coalesce(min(changed.state), 'lost')`,
  })
}

/** Returns `true` or `false`. */
export function failStatement(settings: StatementSettings): Statement {
  return changeOwned(settings, { operation: 'fail', params: ['code'], set: failed })
}

/** Returns `true` or `false`. */
export function forgetStatement(settings: StatementSettings): Statement {
  return {
    operation: 'forget',
    text: `WITH changed AS (
  DELETE FROM ${settings.table} AS record
  USING ${given(['key', 'force'], settings)}
  WHERE record.digest = ${digestOfKey} AND ${isRemembered('given.now')}
    AND (given.force::boolean OR record.state <> 'claimed' OR record.lease_until <= given.now)
    AND given.lock_timeout IS NOT NULL AND ${isReadCommitted}
  RETURNING 1
)
SELECT CASE WHEN count(*) > 0 THEN 'true' ELSE 'false' END FROM changed HAVING ${isReadCommitted}`,
  }
}
