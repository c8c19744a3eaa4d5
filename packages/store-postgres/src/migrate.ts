import { sqlStateOf } from './explain-failure.js'
import type { PostgresRecords } from './postgres-records.js'
import { schemaStatement } from './schema.js'
import type { Statement } from './statements/statement.js'
import type { TableName } from './table-name.js'

/** What PostgreSQL answers where another made the table at the same moment, IF NOT EXISTS notwithstanding. */
const raceStates = ['23505', '42P07', '42710', '40P01', 'XX000']
const attempts = 10

/** Makes the table where it is missing; a role that may not make tables can call it where it is there. */
export async function migrateTable(records: PostgresRecords, name: TableName): Promise<void> {
  const present: Statement = {
    operation: 'migrate',
    text: `SELECT CASE WHEN to_regclass('${name.table}') IS NULL THEN 'missing' ELSE 'present' END AS found`,
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      const [found] = await records.run(present, [])
      if (found === 'present') return
      await records.run({ operation: 'migrate', text: schemaStatement(name) }, [])
      return
    } catch (error) {
      const isRace = raceStates.includes(sqlStateOf(error) ?? '')
      if (!isRace || attempt === attempts) throw error
    }
  }
}
