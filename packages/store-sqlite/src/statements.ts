import { forgetAt, isForgettable } from './schema.js'

/** The SQL of a store's operations. */
export type Statements = ReturnType<typeof statementsFor>

const inspected =
  'key, state, attempts, lease_until, retain_until, hold, acked, runs, copies, event, last_code'

const columns = `(key, state, attempts, token, fingerprint, lease_until, retain_until, hold, acked, attempted_at,
      runs, copies, event, last_code)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** @param table a name that `checkTableName` has passed */
export function statementsFor(table: string) {
  return {
    read: `SELECT * FROM "${table}" WHERE key = ?`,
    write: `REPLACE INTO "${table}" ${columns}`,
    /** Where the key has no record. */
    add: `INSERT INTO "${table}" ${columns} ON CONFLICT DO NOTHING`,
    remove: `DELETE FROM "${table}" WHERE key = ?`,
    /** A claim that the token owns. */
    completeOwned: `UPDATE "${table}"
      SET state = 'completed', fingerprint = ?, lease_until = ?, retain_until = max(retain_until, ?), hold = 0, acked = 0,
      last_code = NULL
      WHERE key = ? AND token = ? AND state = 'claimed' AND NOT (${isForgettable} AND ${forgetAt} <= ?)`,
    /** In the user's transaction; a claim that the token owns. */
    completeIn: `UPDATE "${table}"
      SET state = 'completed', fingerprint = ?, lease_until = 0, retain_until = max(retain_until, ?), hold = 0, acked = 0
      WHERE key = ? AND token = ? AND state = 'claimed' AND NOT (${isForgettable} AND ${forgetAt} <= ?)`,
    prune: `DELETE FROM "${table}" WHERE key IN
      (SELECT key FROM "${table}" WHERE ${isForgettable} AND ${forgetAt} <= ? LIMIT ?)`,
    firstPage: `SELECT ${inspected} FROM "${table}" ORDER BY key LIMIT ?`,
    nextPage: `SELECT ${inspected} FROM "${table}" WHERE key > ? ORDER BY key LIMIT ?`,
  }
}
