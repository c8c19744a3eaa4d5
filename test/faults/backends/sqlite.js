import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sqliteStore } from '@countersign/store-sqlite'
import Database from 'better-sqlite3'
import { endAtExit, removeAtExit, removeFolder } from '../cleanup.js'
import { pollUntil } from './poll-until.js'

const deleter = fileURLToPath(new URL('sqlite-uncommitted-delete.js', import.meta.url))

/**
 * A SQLite file. SQLite has no server, so a "restart" kills a process in the middle of a write.
 *
 * @returns {Promise<import('../types.js').Backend | string>} or what is missing
 */
export async function startSqlite() {
  try {
    new Database(':memory:').close()
  } catch {
    return 'better-sqlite3 is not compiled'
  }
  const folder = mkdtempSync(join(tmpdir(), 'countersign-faults-sqlite-'))
  removeAtExit(folder)
  let made = 0
  const settings = { file: '' }
  return {
    settings,
    async prepare() {
      settings.file = join(folder, `deliveries-${++made}.db`)
      const database = new Database(settings.file)
      sqliteStore({ database })
      // No unique index: only the store must prevent the second row.
      database.exec('CREATE TABLE effects (event TEXT, attempt INTEGER, process TEXT, at REAL)')
      database.close()
    },
    async openStore() {
      const database = new Database(settings.file)
      return { store: sqliteStore({ database }), close: async () => void database.close() }
    },
    async readEffects() {
      const database = new Database(settings.file, { readonly: true })
      const effects = database.prepare('SELECT event, attempt, process, at FROM effects').all()
      database.close()
      return /** @type {import('../types.js').Effect[]} */ (effects)
    },
    async restart(holdMs) {
      const child = endAtExit(
        spawn(process.execPath, [deleter, settings.file], { stdio: ['ignore', 'pipe', 'inherit'] }),
      )
      const ended = once(child, 'exit')
      await Promise.race([once(child.stdout, 'data'), ended])
      await sleep(holdMs)
      child.kill('SIGKILL')
      const [status] = await ended
      if (status !== null)
        throw new Error(`The process with the uncommitted delete exited before it was killed: ${status}`)
    },
    async slowDown(forMs) {
      const database = new Database(settings.file, { timeout: 5 })
      await pollUntil('the file can be locked', async () => Boolean(database.exec('BEGIN IMMEDIATE')))
      await sleep(forMs)
      database.exec('COMMIT')
      database.close()
    },
    async stop() {
      removeFolder(folder)
    },
  }
}
