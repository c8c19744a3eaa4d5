import { sqlStateOf } from './describe-failure.js'
import { addColumnsStatement, createTableStatement, laterColumnNames } from './schema.js'
import type { Statement } from './statements/statement.js'
import type { StatementRunner } from './statements/statement-runner.js'

/** The errors of a process that creates the table at the same moment as another: IF NOT EXISTS does not prevent them. */
const raceStates = ['23505', '42P07', '42701', '42710', '40P01', 'XX000']
const attempts = 10

/** What `migrate()` did to the table. */
export type Migration = 'created' | 'updated' | 'unchanged'

/**
 * Creates the table if it is missing, and adds the columns that the table of an earlier version lacks. A role that may do
 * neither can call it where nothing is missing.
 *
 * @param table the quoted name
 * @throws DedupeStoreError
 */
export async function migrateTable(runner: StatementRunner, table: string): Promise<Migration> {
  const look = lookStatement(table)
  let done: Migration = 'unchanged'
  for (let attempt = 1; ; attempt += 1) {
    try {
      const [found] = await runner.run(look, [])
      if (found === 'present') return done
      const isMissing = found === 'no table'
      const text = isMissing ? createTableStatement(table) : addColumnsStatement(table)
      await runner.run({ operation: 'migrate', text }, [])
      done = isMissing ? 'created' : 'updated'
    } catch (error) {
      const isRace = raceStates.includes(sqlStateOf(error) ?? '')
      if (!isRace || attempt === attempts) throw error
    }
  }
}

function lookStatement(table: string): Statement {
  return {
    operation: 'migrate',
    text: `SELECT CASE WHEN to_regclass('${table}') IS NULL THEN 'no table'
  WHEN (
    SELECT count(*) FROM pg_attribute
    WHERE attrelid = to_regclass('${table}') AND NOT attisdropped
      AND attname IN (${laterColumnNames.map((column) => `'${column}'`).join(', ')})
  ) < ${laterColumnNames.length} THEN 'no column'
  ELSE 'present' END AS found`,
  }
}
