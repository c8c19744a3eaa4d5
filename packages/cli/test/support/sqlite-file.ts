import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SqliteDatabase, type SqliteStore, sqliteStore } from '@countersign/store-sqlite'
import { afterEach, beforeEach } from 'vitest'
import { claimRequest } from '../../../../test/support/store-requests.js'
import { type RunOptions, run, runJson } from './run.js'

export const project = join(import.meta.dirname, '../..')
type Database = SqliteDatabase & { close(): void }
export const BetterSqlite3: new (path: string) => Database = createRequire(import.meta.url)('better-sqlite3')
export const noSqlite = !opens()

function opens(): boolean {
  try {
    new BetterSqlite3(':memory:').close()
    return true
  } catch {
    return false
  }
}

export const keyOf = (endpoint: string, id: string) =>
  JSON.stringify([endpoint, null, 'visibuild', 'event', id, null, null, {}])

/** A store in a file, in a folder of its own. */
class SqliteFile {
  folder = ''
  file = ''
  now = 0
  database!: Database
  store!: SqliteStore

  open(): void {
    this.folder = mkdtempSync(join(tmpdir(), 'countersign-cli-store-'))
    this.file = join(this.folder, 'deliveries.db')
    this.database = new BetterSqlite3(this.file)
    this.now = Date.now()
    this.store = sqliteStore({ database: this.database, now: () => this.now })
  }

  close(): void {
    this.database.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Gives each test of the suite a new file, and commands over it. */
export function useSqliteFile() {
  const db = new SqliteFile()
  beforeEach(() => db.open())
  afterEach(() => db.close())

  const inProject = (args: readonly string[], options: RunOptions = {}) =>
    run(['store', ...args, '--sqlite', db.file], { cwd: project, ...options })
  const linesOf = async (...args: readonly string[]) => (await inProject(args)).stdout.trim().split('\n')
  return {
    db,
    inProject,
    linesOf,
    jsonLinesOf: async (...args: readonly string[]) =>
      (await linesOf(...args, '--json')).map((line) => JSON.parse(line) as Record<string, unknown>),
    countOf: async () =>
      (await runJson(['store', 'count', '--sqlite', db.file], { cwd: project })).json as Record<
        string,
        number
      >,
    failed: async (key: string) => {
      await db.store.claim(claimRequest(key, 'owner'))
      await db.store.fail({ key, token: 'owner' })
    },
    failOnce: async (key: string, event?: string, code = 'ERR_WEBHOOK_HANDLER_FAILED') => {
      await db.store.claim(claimRequest(key, 'owner', { event }))
      await db.store.release({ key, token: 'owner', code })
    },
  }
}
