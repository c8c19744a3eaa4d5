// Claims one key, claims another and is killed in it. With `again`, the other has a record already.
import type { SqliteDatabase } from '../../../src/index.js'
import { sqliteStore } from '../../../src/index.js'
import { connect, settings } from './settings.js'

let isArmed = false
const die = () => process.kill(process.pid, 'SIGKILL')

/** A connection whose process is killed before or after a statement that has `marks` in it. */
function killAt(database: SqliteDatabase, when: 'before' | 'after', marks: string): SqliteDatabase {
  return {
    exec: (sql) => database.exec(sql),
    get inTransaction() {
      return database.inTransaction === true
    },
    prepare(sql) {
      const statement = database.prepare(sql)
      if (!sql.startsWith(marks)) return statement
      return {
        get: (...values) => statement.get(...values),
        all: (...values) => statement.all(...values),
        run(...values) {
          if (isArmed && when === 'before') die()
          const result = statement.run(...values)
          if (isArmed) die()
          return result
        },
      }
    },
  }
}

const [when, marks = ''] = (settings.at ?? '').split(': ')
const database = killAt(connect(), when === 'before' ? 'before' : 'after', marks)
const store = sqliteStore({ database })
const claim = (key: string) =>
  store.claim({ key, token: 'killed', fingerprint: '', leaseMs: 1_000, retentionMs: 600_000, hold: false })
await claim('earlier')
if (settings.again === 'again') {
  await claim('event')
  await store.release({ key: 'event', token: 'killed' })
}
isArmed = true
await claim('event')
console.log('not killed')
