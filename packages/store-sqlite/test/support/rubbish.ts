import type { SqliteDatabase } from '../../src/index.js'

/** A connection that answers nonsense once a store is there. */
export function talkRubbish(database: SqliteDatabase): SqliteDatabase {
  let isOpened = false
  return {
    exec: (sql) => database.exec(sql),
    get inTransaction() {
      return database.inTransaction === true
    },
    prepare(sql) {
      isOpened ||= sql.startsWith('BEGIN')
      const statement = database.prepare(sql)
      return {
        run(...values) {
          const result = statement.run(...values)
          return isOpened ? ({ rubbish: 1 } as never) : result
        },
        get: (...values) => (isOpened ? { rubbish: 1 } : statement.get(...values)),
        all: (...values) => (isOpened ? [{ rubbish: 1 }] : statement.all(...values)),
      }
    },
  }
}
