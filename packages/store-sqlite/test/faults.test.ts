import { spawnSync } from 'node:child_process'
import { copyFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { sqliteStore } from '../src/index.js'
import { BetterSqlite3 } from './support/better-sqlite3.js'
import { claimRequest, completeRequest, newFile, newStore } from './support/new-store.js'
import { bundleProgram } from './support/start-program.js'

const unavailable = (reason: string | RegExp) => ({
  name: 'DedupeStoreError',
  code: 'ERR_WEBHOOK_STORE_UNAVAILABLE',
  message: expect.stringMatching(reason),
})

describe.skipIf(!BetterSqlite3)('a store with a file that fails', () => {
  test('without room', async () => {
    const { store, database } = newStore()
    database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`)
    const claims = Array.from({ length: 100 }, (_, index) => ({ ...claimRequest(`event ${index}`) }))
    const results = await Promise.allSettled(claims.map(async (claim) => store.claim(claim)))
    const refused = results.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    for (const result of refused)
      expect(result).toMatchObject({
        reason: { ...unavailable('there is no space'), cause: { code: 'SQLITE_FULL' } },
      })
    const granted = results.length - refused.length
    expect(await store.count(), 'nothing is half there').toMatchObject({ claimed: granted })
    database.pragma('max_page_count = 10000')
    expect(store.claim(claimRequest('event 99'))).toEqual({ state: 'claimed', attempts: 1 })
  })

  test('without room at the commit: a granted claim is stored', { timeout: 30_000 }, async () => {
    const { path, folder, store } = newStore()
    const program = await bundleProgram('fill-disk', folder)
    const driver = createRequire(import.meta.url).resolve('better-sqlite3')
    // What a process may write to a file at the most, in blocks of 1,024 bytes.
    const limited = 'ulimit -f 96; exec "$0" "$@"'
    const args = ['-c', limited, process.execPath, program, JSON.stringify({ file: path, driver })]
    const { stdout, stderr } = spawnSync('bash', args, { timeout: 20_000 })
    const { granted, refused, messages } = JSON.parse(stdout.toString() || `"${stderr}"`)
    expect(refused).toBeGreaterThan(0)
    expect(granted).toBeGreaterThan(0)
    for (const message of messages) expect(message).toMatch(/^The sqlite store failed to claim/)
    expect((await store.count()).claimed).toBe(granted)
  })

  test('that was deleted', async () => {
    const { store, path } = newStore()
    rmSync(path)
    await expect(store.claim(claimRequest('event'))).rejects.toMatchObject(unavailable('deleted or replaced'))
    await expect(store.count()).rejects.toMatchObject(unavailable('deleted or replaced'))
  })

  test('that was replaced, as when a backup is put back', async () => {
    const { store, path, database } = newStore()
    database.pragma('wal_checkpoint(TRUNCATE)')
    copyFileSync(path, `${path}.backup`)
    renameSync(`${path}.backup`, path)
    await expect(store.claim(claimRequest('event'))).rejects.toMatchObject(unavailable('deleted or replaced'))
  })

  test('that was overwritten', async () => {
    const { store, path, database, open } = newStore()
    await store.claim(claimRequest('event'))
    database.pragma('wal_checkpoint(TRUNCATE)')
    truncateSync(path, 0)
    writeFileSync(path, Buffer.alloc(65_536, 'x'))
    // Another connection's change makes the store's own read the file again.
    expect(() => open().exec('CREATE TABLE other (id)')).toThrow()
    database.pragma('shrink_memory')
    await expect(Promise.resolve(store.claim(claimRequest('event')))).rejects.toMatchObject(unavailable(/./))
  })

  test('whose table was dropped', async () => {
    const { store, open } = newStore()
    open().exec('DROP TABLE countersign_deliveries')
    await expect(store.claim(claimRequest('event'))).rejects.toMatchObject({
      ...unavailable(/failed to claim\.$/),
      cause: { message: expect.stringContaining('no such table') },
    })
  })

  test('whose connection was closed', async () => {
    const { store, database } = newStore()
    database.close()
    const claim = claimRequest('event')
    await expect(store.claim(claim)).rejects.toMatchObject(unavailable('claim'))
    await expect(store.complete(completeRequest(claim))).rejects.toMatchObject(unavailable('complete'))
    await expect(store.prune()).rejects.toMatchObject(unavailable('prune'))
    await expect(store.list()[Symbol.asyncIterator]().next()).rejects.toMatchObject(unavailable('list'))
  })

  test('whose connection is used for another transaction', async () => {
    const { store, database, open } = newStore()
    database.exec('BEGIN')
    await expect(store.claim(claimRequest('event'))).rejects.toMatchObject(
      unavailable('a connection of its own'),
    )
    database.exec('ROLLBACK')
    expect(store.claim(claimRequest('event'))).toEqual({ state: 'claimed', attempts: 1 })
    expect(open().prepare('SELECT count(*) FROM countersign_deliveries').pluck().get()).toBe(1)
  })

  test('that is read-only, immediately', () => {
    const { open } = newStore()
    const create = () => sqliteStore({ database: open({ readonly: true }), table: 'others' })
    expect(create).toThrow(expect.objectContaining(unavailable('cannot be written.')))
  })

  test('that is not a database, immediately', () => {
    const { path, open } = newFile()
    writeFileSync(path, 'this is no database, whatever its name says'.repeat(100))
    expect(() => sqliteStore({ database: open() })).toThrow(
      expect.objectContaining(unavailable('its file is damaged')),
    )
  })
})
