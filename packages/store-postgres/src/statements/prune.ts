import { isReadCommitted, isRemembered } from './fragments.js'
import type { Statement, StatementSettings } from './statement.js'

/**
 * Deletes up to a limit of the forgotten records in some pages of the table, and returns how many it deleted and how many
 * pages there are: `deleted pages`. It skips locked records. The array makes the search run once: a plan that joins
 * with it may run it again and delete more.
 */
export function pruneStatement({ table, ownClock }: StatementSettings): Statement {
  const now = ownClock ? 'to_timestamp($4::text::float8 / 1000)' : 'clock_timestamp()'
  return {
    operation: 'prune',
    text: `WITH gone AS (
  DELETE FROM ${table} WHERE digest = ANY (ARRAY(
    SELECT record.digest FROM ${table} AS record
    WHERE record.ctid >= format('(%s,0)', $1::text)::tid AND record.ctid < format('(%s,0)', $2::text)::tid
      AND NOT ${isRemembered(now)} AND ${isReadCommitted}
    LIMIT $3::text::bigint
    FOR UPDATE SKIP LOCKED
  ))
  RETURNING 1
)
SELECT count(*) || ' ' || pg_relation_size('${table}') / current_setting('block_size')::bigint
FROM gone HAVING ${isReadCommitted}`,
  }
}
