/**
 * The store contract over a runtime's own SQLite. Without a test runner, so that the program is the same everywhere: it prints
 * the result of each test on stdout, as a line of JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testStore } from '@countersign/conformance'
import { sqliteStore } from '@countersign/store-sqlite'

/** @import { SqliteDatabase } from '@countersign/store-sqlite' */
/** @typedef {SqliteDatabase & { close(): void }} Connection */

/** @type {[name: string, run: () => Promise<void>][]} */
const tests = []
/** @type {(() => Promise<void>)[]} */
const before = []
/** @type {(() => Promise<void>)[]} */
const after = []

const folder = mkdtempSync(join(tmpdir(), 'countersign-sqlite-'))
/** For node:sqlite: with these settings, a connection returns other values than the store expects. */
const unusual = { readBigInts: true, returnArrays: true }
const connect = await findDriver()
/** @type {Connection[]} */
const connections = []
/**
 * @param {string} space
 * @param {object} [options] the connection's
 */
function open(space, options = {}) {
  const connection = connect(join(folder, `${space}.db`), options)
  connections.push(connection)
  return connection
}

testStore({
  name: 'SQLite of the runtime',
  test: (name, run) => tests.push([name, run]),
  beforeAll: (run) => before.push(run),
  afterAll: (run) => after.push(run),
  start: async () => ({
    createStore({ space, clock }) {
      const database = open(space, unusual)
      const store = sqliteStore({ database, ...(clock && { now: () => clock.now() }) })
      // Only a power cut would show the difference, and with syncing the exploration waits for the disk for a minute.
      if (clock) database.exec('PRAGMA synchronous = OFF')
      return store
    },
    createBrokenStore(fault) {
      const database = open('broken')
      if (fault === 'rubbish') return sqliteStore({ database: talkRubbish(database) })
      const store = sqliteStore({ database, busyTimeoutMs: 200 })
      if (fault === 'down') database.close()
      else open('broken').exec('BEGIN IMMEDIATE')
      return store
    },
    async transact(space, run) {
      const connection = open(space)
      connection.exec('BEGIN IMMEDIATE')
      try {
        const result = await run(/** @type {never} */ (connection))
        connection.exec('COMMIT')
        return result
      } catch (error) {
        connection.exec('ROLLBACK')
        throw error
      }
    },
    stop() {
      for (const connection of connections) {
        try {
          connection.close()
        } catch {
          // One connection is already closed: that of the store that is down.
        }
      }
    },
  }),
})

for (const run of before) await run()
for (const [name, run] of tests) {
  const error = await run().then(
    () => undefined,
    (thrown) => String(thrown?.stack ?? thrown),
  )
  console.log(JSON.stringify({ name, error }))
}
for (const run of after) await run()
rmSync(folder, { recursive: true })

/** @returns {Promise<(path: string, options?: object) => Connection>} */
async function findDriver() {
  // Computed names, which neither a bundler nor the type checker for Node 20 resolves.
  if ('Bun' in globalThis) {
    const { Database } = await import(String('bun:sqlite'))
    return (path) => new Database(path)
  }
  const { DatabaseSync } = await import(String('node:sqlite'))
  return (path, options) => new DatabaseSync(path, options)
}

/**
 * A connection that returns nonsense after the store has been created.
 *
 * @param {Connection} database
 * @returns {SqliteDatabase}
 */
function talkRubbish(database) {
  let isOpened = false
  return {
    exec: (sql) => database.exec(sql),
    get inTransaction() {
      return database.inTransaction ?? database.isTransaction === true
    },
    prepare(sql) {
      isOpened ||= sql.startsWith('BEGIN')
      const statement = database.prepare(sql)
      return {
        run(...values) {
          const result = statement.run(...values)
          return isOpened ? /** @type {never} */ ({ rubbish: 1 }) : result
        },
        get: (...values) => (isOpened ? { rubbish: 1 } : statement.get(...values)),
        all: (...values) => (isOpened ? [{ rubbish: 1 }] : statement.all(...values)),
      }
    },
  }
}
