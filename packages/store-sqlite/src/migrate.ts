import type { SqliteDatabase } from './client-types.js'
import { isInTransaction, prepare } from './connection/statement.js'
import { addColumnStatements, columnNamesStatement, createTableStatements } from './schema.js'

/**
 * Creates the table if it is missing, and adds the columns that the table of an earlier version lacks. Where nothing is
 * missing it takes no lock: a receiver must start while others write.
 */
export function migrateTable(database: SqliteDatabase, table: string): void {
  for (const statement of createTableStatements(table)) database.exec(statement)
  if (missingColumns(database, table).length === 0) return
  // In a transaction, so that of several processes one adds them.
  database.exec('BEGIN IMMEDIATE')
  try {
    for (const { add } of missingColumns(database, table)) database.exec(add)
    database.exec('COMMIT')
  } catch (error) {
    if (isInTransaction(database)) database.exec('ROLLBACK')
    throw error
  }
}

function missingColumns(database: SqliteDatabase, table: string) {
  const rows = prepare(database, columnNamesStatement(table)).all()
  const names = new Set(rows.map((row) => Object(row).name))
  return addColumnStatements(table).filter(({ name }) => !names.has(name))
}
