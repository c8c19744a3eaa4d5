import { describe, expect, test } from 'vitest'
import { sqliteStore } from '../src/index.js'
import { statementsFor } from '../src/statements.js'
import { BetterSqlite3 } from './support/better-sqlite3.js'
import { claimRequest, completeRequest, newStore, type TestStore } from './support/new-store.js'

const rowsIn = ({ database }: Pick<TestStore, 'database'>) =>
  database.prepare('SELECT count(*) FROM countersign_deliveries').pluck().get()

describe.skipIf(!BetterSqlite3)('a record past its retention', () => {
  test('is removed as new records arrive, so that the file does not grow', async () => {
    let now = 0
    const made = newStore({ now: () => now })
    made.database.pragma('synchronous = OFF')
    const remembered = 200
    for (let index = 0; index < 5_000; index++) {
      const claim = { ...claimRequest(`event ${index}`), leaseMs: 1, retentionMs: remembered }
      now += 1
      await made.store.claim(claim)
      if (index % 2 === 0) await made.store.complete(completeRequest(claim))
    }
    expect(rowsIn(made)).toBeGreaterThanOrEqual(remembered)
    // Between two batches a hundred more may come.
    expect(rowsIn(made)).toBeLessThanOrEqual(remembered + 150)
  })

  test('is also removed by processes that each make few claims', async () => {
    let now = 0
    const made = newStore({ now: () => now })
    for (let index = 0; index < 400; index++) {
      now += 1
      const store = sqliteStore({ database: made.database, now: () => now })
      await store.claim({ ...claimRequest(`event ${index}`), leaseMs: 1, retentionMs: 1 })
    }
    expect(rowsIn(made)).toBeLessThan(400)
  })

  test('stays until prune() is called if pruning is manual', async () => {
    let now = 0
    const made = newStore({ now: () => now, prune: 'manual' })
    for (let index = 0; index < 500; index++) await made.store.claim(claimRequest(`event ${index}`))
    now += 600_000
    await made.store.claim(claimRequest('new'))
    expect(rowsIn(made)).toBe(501)
    expect(await made.store.prune({ limit: 0 })).toBe(0)
    expect(await made.store.prune({ limit: 210 })).toBe(210)
    expect(rowsIn(made)).toBe(291)
    expect(await made.store.prune()).toBe(290)
    expect(await made.store.prune()).toBe(0)
    expect(await made.store.count()).toMatchObject({ claimed: 1 })
  })

  test('is not one that waits for the operator, or is still remembered', async () => {
    let now = 0
    const { store } = newStore({ now: () => now })
    const short = { leaseMs: 10, retentionMs: 20 }
    const [failed, held, acked, released, completed, cutOff, live] = [
      'failed',
      'held',
      'acked',
      'released',
      'completed',
      'cut off',
      'live',
    ].map((key) => ({ ...claimRequest(key), ...short })) as [Claim, Claim, Claim, Claim, Claim, Claim, Claim]
    await store.claim(failed)
    await store.fail(failed)
    await store.claim({ ...held, hold: true })
    await store.claim(acked)
    await store.acknowledge(acked)
    await store.claim(released)
    await store.release(released)
    await store.claim(completed)
    await store.complete(completeRequest(completed))
    await store.claim(cutOff)
    await store.claim({ ...live, leaseMs: 1_000 })
    now = 19
    expect(await store.prune()).toBe(0)
    now = 20
    expect(await store.prune()).toBe(3)
    expect(await store.count()).toEqual({
      failed: 1,
      held: 1,
      orphaned: 1,
      claimed: 1,
      acked: 0,
      free: 0,
      completed: 0,
    })
    await store.release(held)
    expect(await store.prune(), 'released late').toBe(1)
  })

  test('is found by its index among any number of records', () => {
    const { database } = newStore()
    const plan = database
      .prepare(`EXPLAIN QUERY PLAN ${statementsFor('countersign_deliveries').prune}`)
      .all(1, 1)
    expect(JSON.stringify(plan)).toContain('USING INDEX countersign_deliveries_forget_at')
    expect(JSON.stringify(plan)).not.toContain('SCAN countersign_deliveries')
  })
})

type Claim = ReturnType<typeof claimRequest>
