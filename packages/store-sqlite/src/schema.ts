/**
 * `lease_until` is when it failed for a failed record, and for a free one with a `last_code`. For a completed one it is 0 as
 * long as only the transaction of its handler has written it, and else when the store itself did. `attempted_at` is the
 * latest signed time of a counted attempt, and `attempts` the number of those; `runs` is the number of claims granted, and
 * `copies` the number of claims that came after the record was completed, failed or held.
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

/** The columns that a table of an earlier version may lack. An earlier version that still runs writes none of them. */
const laterColumns = ['attempted_at REAL', 'runs INTEGER', 'copies INTEGER', 'event TEXT', 'last_code TEXT']

/** When a forgettable record is forgotten. The index holds only those, so that pruning finds them at once. */
export const forgetAt = 'max(retain_until, lease_until)'
export const isForgettable = `state <> 'failed' AND hold = 0 AND acked = 0`

/**
 * Creates the table and its index if they are missing. Not STRICT: an older sqlite3, which a backup script may use, cannot
 * read a file with such a table.
 */
export function createTableStatements(table: string): readonly string[] {
  return [
    `CREATE TABLE IF NOT EXISTS "${table}" (${[columns, ...laterColumns].join(', ')}) WITHOUT ROWID`,
    `CREATE INDEX IF NOT EXISTS "${table}_forget_at" ON "${table}" (${forgetAt}) WHERE ${isForgettable}`,
  ]
}

/** Returns the names of the table's columns. */
export function columnNamesStatement(table: string): string {
  return `SELECT name FROM pragma_table_info('${table}')`
}

/** For each column that a table of an earlier version may lack: its name and the statement that adds it. */
export function addColumnStatements(
  table: string,
): readonly { readonly name: string; readonly add: string }[] {
  return laterColumns.map((column) => ({
    name: column.slice(0, column.indexOf(' ')),
    add: `ALTER TABLE "${table}" ADD COLUMN ${column}`,
  }))
}
