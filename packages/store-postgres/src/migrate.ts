import { sqlStateOf } from './explain-failure.js'
import type { PostgresRecords } from './postgres-records.js'
import { addColumnsStatement, createTableStatement, laterColumnNames } from './schema.js'
import type { Statement } from './statements/statement.js'
import type { TableName } from './table-name.js'

/** What PostgreSQL answers where another made the table at the same moment, IF NOT EXISTS notwithstanding. */
const raceStates = ['23505', '42P07', '42701', '42710', '40P01', 'XX000']
const attempts = 10

/** What had to be done for the table to be as this version needs it. */
export type Migration = 'created' | 'updated' | 'unchanged'

/**
 * Makes the table where it is missing, and adds the columns that an earlier version's table lacks. A role that may do
 * neither can call it where nothing is missing.
 */
export async function migrateTable(records: PostgresRecords, name: TableName): Promise<Migration> {
  const look: Statement = {
    operation: 'migrate',
    text: `SELECT CASE WHEN to_regclass('${name.table}') IS NULL THEN 'no table'
  WHEN (
    SELECT count(*) FROM pg_attribute
    WHERE attrelid = to_regclass('${name.table}') AND NOT attisdropped
      AND attname IN (${laterColumnNames.map((column) => `'${column}'`).join(', ')})
  ) < ${laterColumnNames.length} THEN 'no column'
  ELSE 'present' END AS found`,
  }
  let done: Migration = 'unchanged'
  for (let attempt = 1; ; attempt += 1) {
    try {
      const [found] = await records.run(look, [])
      if (found === 'present') return done
      const isMissing = found === 'no table'
      const text = isMissing ? createTableStatement(name) : addColumnsStatement(name)
      await records.run({ operation: 'migrate', text }, [])
      done = isMissing ? 'created' : 'updated'
    } catch (error) {
      const isRace = raceStates.includes(sqlStateOf(error) ?? '')
      if (!isRace || attempt === attempts) throw error
    }
  }
}
