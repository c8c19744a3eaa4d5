import { statSync } from 'node:fs'
import { createReceiver, type Delivery, type WebhookEvent } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { createSender } from '@countersign/testing'
import { describe, expect, test } from 'vitest'
import { BetterSqlite3, connect } from './support/better-sqlite3.js'
import { claimRequest, completeRequest, newFile, newStore } from './support/new-store.js'

/** A receiver over a store, and the table that its handlers have their effects in. */
function newReceiver() {
  const { store, open } = newStore()
  const users = open()
  users.exec('CREATE TABLE effects (key TEXT)')
  const secret = 'a secret of more than sixteen bytes'
  const receiver = createReceiver({ endpoint: 'tickets', scheme: visibuild(), secret, store })
  const request = createSender({ scheme: visibuild(), secret }).sign({ url: 'http://localhost/webhooks' })
  const insert = users.prepare('INSERT INTO effects VALUES (?)')
  return {
    store,
    users,
    insert,
    receive: (handler: (delivery: Delivery<WebhookEvent>) => unknown) => receiver.receive(request, handler),
    effects: () => users.prepare('SELECT count(*) FROM effects').pluck().get(),
  }
}

describe.skipIf(!BetterSqlite3)('a completion in a transaction of the handler', () => {
  test('commits with the effect, and a repetition is a duplicate', async () => {
    const { users, insert, receive, effects, store } = newReceiver()
    const handle = (delivery: Delivery<WebhookEvent>) =>
      users
        .transaction(() => {
          insert.run(delivery.idempotencyKey)
          const answer: unknown = delivery.completeIn(users)
          expect(answer, 'at once').toBeUndefined()
        })
        .immediate()
    expect(await receive(handle)).toMatchObject({ type: 'processed', response: { status: 200 } })
    expect(await receive(handle)).toMatchObject({ type: 'duplicate', response: { status: 200 } })
    expect(effects()).toBe(1)
    expect(await store.count()).toMatchObject({ completed: 1, claimed: 0 })
  })

  test('rolls back with the effect, and the next attempt has both', async () => {
    const { users, insert, receive, effects } = newReceiver()
    const handle = (fails: boolean) => (delivery: Delivery<WebhookEvent>) =>
      users
        .transaction(() => {
          insert.run(delivery.idempotencyKey)
          delivery.completeIn(users)
          if (fails) throw new Error('after the completion')
        })
        .immediate()
    expect(await receive(handle(true))).toMatchObject({ type: 'handler-failed', response: { status: 500 } })
    expect(effects()).toBe(0)
    expect(await receive(handle(false))).toMatchObject({ type: 'processed' })
    expect(effects()).toBe(1)
  })

  test('is not a success if the handler hides that it rolled back', async () => {
    const { users, receive, effects } = newReceiver()
    const outcome = await receive((delivery) => {
      users.exec('BEGIN IMMEDIATE')
      delivery.completeIn(users)
      users.exec('ROLLBACK')
    })
    expect(outcome).toMatchObject({ type: 'handler-failed', response: { status: 500 } })
    expect(effects()).toBe(0)
  })

  test('is not a success if the handler leaves the transaction open', { timeout: 15_000 }, async () => {
    const { users, receive } = newReceiver()
    const outcome = await receive((delivery) => {
      users.exec('BEGIN IMMEDIATE')
      delivery.completeIn(users)
    })
    expect(outcome.response.status).toBeGreaterThanOrEqual(500)
    users.exec('ROLLBACK')
  })

  test("reaches the disk before it is confirmed, whatever the connection's settings are", async () => {
    const { store, open, path } = newStore()
    const users = open()
    expect(users.pragma('synchronous', { simple: true }), 'as better-sqlite3 has it: NORMAL').toBe(1)
    const claim = claimRequest('event')
    await store.claim(claim)
    users.transaction(() => store.completeIn(users, completeRequest(claim))).immediate()
    const written = () => statSync(`${path}-wal`).size
    const before = written()
    expect(await store.isCompleted(claim)).toBe(true)
    // A commit of the store's own connection, for which the disk is waited for.
    expect(written()).toBeGreaterThan(before)
    const after = written()
    expect(await store.isCompleted(claim)).toBe(true)
    expect(written(), 'once is enough').toBe(after)
  })

  test('is confirmed to its token only', async () => {
    const { store, open } = newStore()
    const users = open()
    const claim = claimRequest('event')
    await store.claim(claim)
    expect(await store.isCompleted(claim)).toBe(false)
    users.transaction(() => store.completeIn(users, completeRequest(claim))).immediate()
    expect(await store.isCompleted(claimRequest('event'))).toBe(false)
    expect(await store.isCompleted({ ...claim, key: 'other' })).toBe(false)
  })

  test.each([
    ['BEGIN', 'a transaction begun without IMMEDIATE'],
    ['SAVEPOINT one', 'a savepoint'],
  ])('works after %s: %s', async (begin) => {
    const { store, open } = newStore()
    const users = open()
    const claim = claimRequest('event')
    await store.claim(claim)
    users.exec(begin)
    expect(store.completeIn(users, completeRequest(claim))).toBe(true)
    users.exec('COMMIT')
    expect(await store.isCompleted(claim)).toBe(true)
  })

  test('never shortens the retention of the event', async () => {
    let now = 0
    const { store, open } = newStore({ now: () => now })
    const users = open()
    const claim = { ...claimRequest('event'), leaseMs: 1, retentionMs: 100 }
    await store.claim(claim)
    users
      .transaction(() => store.completeIn(users, { ...completeRequest(claim), retentionMs: 1 }))
      .immediate()
    now = 99
    expect(store.claim(claimRequest('event'))).toMatchObject({ state: 'completed' })
    now = 100
    expect(store.claim(claimRequest('event'))).toMatchObject({ state: 'claimed' })
  })

  test('works on a connection that returns bigints', async () => {
    const { store, open } = newStore()
    const users = open()
    users.defaultSafeIntegers(true)
    const claim = claimRequest('event')
    await store.claim(claim)
    expect(users.transaction(() => store.completeIn(users, completeRequest(claim))).immediate()).toBe(true)
  })
})

describe.skipIf(!BetterSqlite3)('completeIn refuses', () => {
  const refusal = (reason: string) =>
    expect.objectContaining({
      name: 'WebhookConfigurationError',
      code: 'ERR_WEBHOOK_OPTION_INVALID',
      message: expect.stringContaining(reason),
    })

  test('a connection without a transaction, and completes nothing', async () => {
    const { store, open } = newStore()
    const claim = claimRequest('event')
    await store.claim(claim)
    expect(() => store.completeIn(open(), completeRequest(claim))).toThrow(refusal('no transaction is open'))
    expect(await store.isCompleted(claim)).toBe(false)
  })

  test("the store's own connection", async () => {
    const { store, database } = newStore()
    database.exec('BEGIN')
    expect(() => store.completeIn(database, completeRequest(claimRequest('event')))).toThrow(
      refusal('not the one that the store has for itself'),
    )
    database.exec('ROLLBACK')
  })

  test('another file, a database in memory, and a value that is not a connection', () => {
    const { store, path } = newStore()
    const other = newFile()
    const completion = completeRequest(claimRequest('event'))
    const begin = (connection: ReturnType<typeof connect>) => connection.exec('BEGIN')
    expect(() => store.completeIn(begin(other.open()), completion)).toThrow(
      refusal(`${other.path}. Open the store's own file, ${path}`),
    )
    const inMemory = connect(':memory:')
    expect(() => store.completeIn(begin(inMemory), completion)).toThrow(refusal('in memory'))
    inMemory.close()
    expect(() => store.completeIn({} as never, completion)).toThrow(refusal('pass your connection'))
    expect(() => store.completeIn(undefined as never, completion)).toThrow(refusal('pass your connection'))
  })

  test('a completion that it cannot write, as a failure of the store', async () => {
    const { store, open } = newStore()
    const reader = open({ readonly: true })
    reader.exec('BEGIN')
    expect(() => store.completeIn(reader, completeRequest(claimRequest('event')))).toThrow(
      expect.objectContaining({
        name: 'DedupeStoreError',
        message: expect.stringContaining('cannot be written.'),
      }),
    )
  })
})
