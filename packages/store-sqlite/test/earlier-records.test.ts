import { expect, test } from 'vitest'
import { readAll } from '../../../test/support/read-all.js'
import { sqliteStore } from '../src/index.js'
import { BetterSqlite3 } from './support/better-sqlite3.js'
import { claimRequest, completeRequest, newFile } from './support/new-store.js'

/** As the first version of the package made it. */
const earlier = [
  `CREATE TABLE "countersign_deliveries" (key TEXT PRIMARY KEY NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
    token TEXT, fingerprint TEXT, lease_until INTEGER NOT NULL, retain_until INTEGER NOT NULL, hold INTEGER NOT NULL,
    acked INTEGER NOT NULL) WITHOUT ROWID`,
  `CREATE INDEX "countersign_deliveries_forget_at" ON "countersign_deliveries" (max(retain_until, lease_until))
    WHERE state <> 'failed' AND hold = 0 AND acked = 0`,
  `INSERT INTO "countersign_deliveries" VALUES
    ('free', 'free', 3, NULL, NULL, 0, 9e15, 0, 0),
    ('failed', 'failed', 9, NULL, NULL, 1, 1, 0, 0),
    ('claimed', 'claimed', 2, 'owner', NULL, 9e15, 9e15, 0, 0)`,
]
const signedAt = Date.UTC(2026, 0, 15)

test.skipIf(!BetterSqlite3)(
  'a table of an earlier version keeps working, also for attempts with a signed timestamp',
  async () => {
    const { open } = newFile()
    const before = open()
    for (const sql of earlier) before.exec(sql)
    const stores = [open(), open()].map((database) => sqliteStore({ database }))
    const [store] = stores as [(typeof stores)[0]]
    const claim = (key: string, attemptedAt?: number) => store.claim({ ...claimRequest(key), attemptedAt })
    expect(await claim('free', signedAt)).toEqual({ state: 'claimed', attempts: 4 })
    expect(await claim('failed', signedAt)).toEqual({ state: 'failed', attempts: 10 })
    expect(await claim('failed', signedAt)).toEqual({ state: 'failed', attempts: 10 })
    expect(await claim('claimed')).toMatchObject({ state: 'in-progress', attempts: 2 })
    expect(await store.complete({ ...completeRequest(claimRequest('claimed')), token: 'owner' })).toBe(true)
    before
      .prepare(
        'REPLACE INTO countersign_deliveries (key, state, attempts, lease_until, retain_until, hold, acked) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run('failed', 'failed', 11, 1, 1, 0, 0)
    expect(await claim('failed', signedAt)).toEqual({ state: 'failed', attempts: 12 })
    for (const opened of stores) await opened.close()
  },
)

/** The columns that each earlier version had beside the first one's. */
test.skipIf(!BetterSqlite3).each([[[]], [['attempted_at REAL']]])(
  'records of a table with the later columns %j are listed with their counts, and are counted further',
  async (laterColumns) => {
    const { open } = newFile()
    const before = open()
    for (const sql of earlier) before.exec(sql)
    for (const column of laterColumns) before.exec(`ALTER TABLE countersign_deliveries ADD COLUMN ${column}`)
    const store = sqliteStore({ database: open() })
    const list = async () => {
      const records = await readAll(store.list({ states: ['free', 'failed', 'claimed'] }))
      return records.map(({ key, event, attempts, copies, lastCode }) => [
        key,
        event,
        attempts,
        copies,
        lastCode,
      ])
    }
    expect(await list()).toEqual([
      ['claimed', undefined, 2, 0, undefined],
      ['failed', undefined, 9, 0, undefined],
      ['free', undefined, 3, 0, undefined],
    ])
    await store.claim(claimRequest('failed'))
    const { key, token } = claimRequest('free')
    await store.claim({ ...claimRequest(key), token, event: 'push' })
    await store.release({ key, token, code: 'ERR_WEBHOOK_HANDLER_FAILED' })
    await store.fail({ key: 'claimed', token: 'owner', code: 'ERR_WEBHOOK_HANDLER_FAILED' })
    expect(await list()).toEqual([
      ['claimed', undefined, 2, 0, 'ERR_WEBHOOK_HANDLER_FAILED'],
      ['failed', undefined, 9, 1, undefined],
      ['free', 'push', 4, 0, 'ERR_WEBHOOK_HANDLER_FAILED'],
    ])
    await store.close()
  },
)
