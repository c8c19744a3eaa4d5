import { readTableName } from './table-name.js'

/**
 * Creates the table if it is missing. `schema.sql` has the same text for the default table.
 *
 * @param table the quoted name
 */
export function createTableStatement(table: string): string {
  return `CREATE TABLE IF NOT EXISTS ${table} (
  -- SHA-256 of the key: an index entry has room for 2,704 bytes, and a key may be of any length.
  -- No other index, so that the changes of a delivery stay within their page (HOT) and touch no index.
  digest bytea PRIMARY KEY,
  -- When the last claim was decided.
  claimed_at timestamptz NOT NULL,
  -- When the claim's lease ends; for a failed record, and for a free one with a last_code, when it failed.
  lease_until timestamptz NOT NULL,
  -- When the record is forgotten; 'infinity' once it failed.
  retain_until timestamptz NOT NULL,
  -- Those that exhaustAfter goes by.
  attempts integer NOT NULL,
  -- The latest signed time of a counted attempt, in milliseconds since the epoch; NULL where none is signed.
  attempted_at double precision,
  -- An ended lease waits for an operator.
  hold boolean NOT NULL,
  -- The sender was answered 2xx already.
  acked boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('claimed', 'free', 'completed', 'failed')),
  -- Whose claim or completion it is.
  token text,
  -- Of the body that was completed.
  fingerprint text,
  key text NOT NULL,
  -- How many claims were granted; NULL where an earlier version claimed it: as many as attempts.
  runs integer,
  -- How many claims came for what was completed, failed or held already.
  copies integer NOT NULL DEFAULT 0,
  event text,
  -- Why the last attempt failed, while that is how it ended.
  last_code text
) WITH (fillfactor = 80)`
}

/** The columns that a table of an earlier version may lack. PostgreSQL adds each without rewriting the table. */
const laterColumns = [
  'attempted_at double precision',
  'runs integer',
  'copies integer NOT NULL DEFAULT 0',
  'event text',
  'last_code text',
]

/** The names of those columns. */
export const laterColumnNames = laterColumns.map((column) => column.slice(0, column.indexOf(' ')))

/** Adds the columns that a table of an earlier version lacks. */
export function addColumnsStatement(table: string): string {
  return `ALTER TABLE ${table}
${laterColumns.map((column) => `  ADD COLUMN IF NOT EXISTS ${column}`).join(',\n')}`
}

/**
 * The text of `schema.sql`.
 *
 * @param name the table's name, not quoted
 */
export function schemaFile(name: string): string {
  const table = readTableName(name)
  return `${createTableStatement(table)};

-- A table of an earlier version has not all of these columns yet.
${addColumnsStatement(table)};
`
}
