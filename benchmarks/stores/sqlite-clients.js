import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteStore } from '@countersign/store-sqlite'
import {
  bindingOf,
  buildBetterSqlite3,
  forTests,
  loads,
  optimised,
} from '../../tools/build-better-sqlite3.js'
import { claimAndComplete } from './claim-and-complete.js'
import { makeRequests } from './make-requests.js'

const dayMs = 86_400_000

/** @typedef {import('@countersign/store-sqlite').SqliteDatabase & { close(): unknown }} Database */

/** @type {readonly import('./compare-clients.js').Client[]} */
export const sqliteClients = [
  {
    name: 'SQLite, better-sqlite3',
    backend: 'SQLite',
    async open({ compiles }) {
      // The build of the tests is without optimisation, and shows only that everything works.
      const build = compiles ? optimised : forTests
      if (!compiles && !(await loads(build)))
        return 'it is not compiled yet, and this plan does not wait for it'
      const reason = await buildBetterSqlite3(build)
      if (reason !== undefined) return reason
      const { default: Database } = await import('better-sqlite3')
      return bothSides((path) => new Database(path, { nativeBinding: bindingOf(build) }))
    },
  },
  {
    name: 'SQLite, node:sqlite',
    backend: 'SQLite',
    async open() {
      const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
      if (major < 22 || (major === 22 && minor < 16)) return 'the store needs Node 22.16 or later for it'
      // Node 20, whose types are installed, lacks the module.
      const name = 'node:sqlite'
      const { DatabaseSync } = await import(name)
      return bothSides((path) => new DatabaseSync(path))
    },
  },
]

/**
 * The raw commands are an INSERT ... ON CONFLICT DO NOTHING and an UPDATE by the key, each prepared and with the store's settings.
 *
 * @param {(path: string) => Database} connect
 * @returns {import('./compare-clients.js').Sides}
 */
function bothSides(connect) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  const database = connect(join(folder, 'ours.db'))
  const store = sqliteStore({ database })
  const raw = connect(join(folder, 'raw.db'))
  raw.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  raw.exec('CREATE TABLE raw (key TEXT PRIMARY KEY, state TEXT, until INTEGER) WITHOUT ROWID')
  for (const opened of [database, raw]) fillLog(opened)
  const insert = runnerOf(raw, "INSERT INTO raw VALUES (?, 'claimed', ?) ON CONFLICT DO NOTHING")
  const update = runnerOf(raw, "UPDATE raw SET until = ?, state = 'completed' WHERE key = ?")
  const next = makeRequests('ours')
  const nextRaw = makeRequests('raw')
  return {
    ours: () => claimAndComplete(store, next),
    async peer() {
      const { key } = nextRaw()
      insert(key, Date.now() + 30_000)
      update(Date.now() + 3 * dayMs, key)
    },
    async close() {
      await store.close()
      database.close()
      raw.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/**
 * Lets the write-ahead log grow to its usual size. Syncing a log that still grows takes longer, and the side that writes less
 * would take longer to get there.
 *
 * @param {Database} database
 */
function fillLog(database) {
  database.exec('CREATE TABLE filler AS SELECT zeroblob(8000000); DROP TABLE filler')
}

/**
 * @param {Database} database
 * @param {string} sql
 */
function runnerOf(database, sql) {
  const statement = database.prepare(sql)
  return (/** @type {(string | number)[]} */ ...values) => statement.run(.../** @type {never[]} */ (values))
}
