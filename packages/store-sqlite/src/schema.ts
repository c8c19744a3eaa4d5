import { refuseOption } from './refuse-option.js'

/**
 * `lease_until` is the time of its failure for a failed record, and for a free one with a `last_code`. For a completed one it is 0 as long as only the
 * transaction of its handler has written it, and else when the store itself did. `attempted_at` is the latest signed
 * time of a counted attempt, and `attempts` how many were; `runs` is how many claims were granted, and `copies` how many
 * came for what was completed, failed or held already. Tables of earlier versions lack the last columns.
 */
const columns = `
  key TEXT PRIMARY KEY NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  token TEXT,
  fingerprint TEXT,
  lease_until INTEGER NOT NULL,
  retain_until INTEGER NOT NULL,
  hold INTEGER NOT NULL,
  acked INTEGER NOT NULL`

/** What tables of earlier versions lack. An earlier version that still runs writes none of them. */
const laterColumns = ['attempted_at REAL', 'runs INTEGER', 'copies INTEGER', 'event TEXT', 'last_code TEXT']

/** When a record is forgotten, where it ever is. The index has an entry for these alone, so that pruning finds them at once. */
const forgetAt = 'max(retain_until, lease_until)'
const isForgettable = `state <> 'failed' AND hold = 0 AND acked = 0`

/**
 * The statements for a table. Not STRICT: an older sqlite3, as a backup script may use, could no longer read a file
 * that has such a table.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` for a name that would need quotes
 */
export function sqlFor(table: string) {
  if (!/^(?!sqlite_)[a-z_]\w*$/i.test(table)) {
    refuseOption('table must be a name of letters, digits and underscores, as in "countersign_deliveries"')
  }
  const inspected =
    'key, state, attempts, lease_until, retain_until, hold, acked, runs, copies, event, last_code'
  return {
    create: [
      `CREATE TABLE IF NOT EXISTS "${table}" (${[columns, ...laterColumns].join(', ')}) WITHOUT ROWID`,
      `CREATE INDEX IF NOT EXISTS "${table}_forget_at" ON "${table}" (${forgetAt}) WHERE ${isForgettable}`,
    ],
    columnNames: `SELECT name FROM pragma_table_info('${table}')`,
    /** What a table of an earlier version may lack. */
    laterColumns: laterColumns.map((column) => ({
      name: column.slice(0, column.indexOf(' ')),
      add: `ALTER TABLE "${table}" ADD COLUMN ${column}`,
    })),
    read: `SELECT * FROM "${table}" WHERE key = ?`,
    write: `REPLACE INTO "${table}"
      (key, state, attempts, token, fingerprint, lease_until, retain_until, hold, acked, attempted_at,
      runs, copies, event, last_code)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    remove: `DELETE FROM "${table}" WHERE key = ?`,
    completeOwned: `UPDATE "${table}"
      SET state = 'completed', fingerprint = ?, lease_until = 0, retain_until = max(retain_until, ?), hold = 0, acked = 0
      WHERE key = ? AND token = ? AND state = 'claimed' AND NOT (${isForgettable} AND ${forgetAt} <= ?)`,
    prune: `DELETE FROM "${table}" WHERE key IN
      (SELECT key FROM "${table}" WHERE ${isForgettable} AND ${forgetAt} <= ? LIMIT ?)`,
    firstPage: `SELECT ${inspected} FROM "${table}" ORDER BY key LIMIT ?`,
    nextPage: `SELECT ${inspected} FROM "${table}" WHERE key > ? ORDER BY key LIMIT ?`,
  }
}

export type Sql = ReturnType<typeof sqlFor>
