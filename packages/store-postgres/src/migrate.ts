import { sqlStateOf } from './explain-failure.js'
import type { PostgresRecords } from './postgres-records.js'
import { addColumnStatement, createTableStatement } from './schema.js'
import type { Statement } from './statements/statement.js'
import type { TableName } from './table-name.js'

/** What PostgreSQL answers where another made the table at the same moment, IF NOT EXISTS notwithstanding. */
const raceStates = ['23505', '42P07', '42701', '42710', '40P01', 'XX000']
const attempts = 10

/**
 * Makes the table where it is missing, and adds the column that an earlier version's table lacks. A role that may do
 * neither can call it where nothing is missing.
 */
export async function migrateTable(records: PostgresRecords, name: TableName): Promise<void> {
  const look: Statement = {
    operation: 'migrate',
    text: `SELECT CASE WHEN to_regclass('${name.table}') IS NULL THEN 'no table'
  WHEN NOT EXISTS (
    SELECT FROM pg_attribute
    WHERE attrelid = to_regclass('${name.table}') AND attname = 'attempted_at' AND NOT attisdropped
  ) THEN 'no column'
  ELSE 'present' END AS found`,
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      const [found] = await records.run(look, [])
      if (found === 'present') return
      const text = found === 'no table' ? createTableStatement(name) : addColumnStatement(name)
      await records.run({ operation: 'migrate', text }, [])
    } catch (error) {
      const isRace = raceStates.includes(sqlStateOf(error) ?? '')
      if (!isRace || attempt === attempts) throw error
    }
  }
}
