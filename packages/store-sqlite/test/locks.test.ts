import { createReceiver } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { createSender } from '@countersign/testing'
import { describe, expect, test, vi } from 'vitest'
import { sqliteStore } from '../src/index.js'
import { BetterSqlite3 } from './support/better-sqlite3.js'
import { claimRequest, completeRequest, newStore } from './support/new-store.js'

describe.skipIf(!BetterSqlite3)('while another connection has the file locked', () => {
  test('operations wait and then run in their order', async () => {
    const { store, open } = newStore()
    const first = claimRequest('first')
    const writer = open()
    writer.exec('BEGIN IMMEDIATE')
    const answers = [
      store.claim(first),
      store.complete(completeRequest(first)),
      store.claim(claimRequest('second')),
    ]
    for (const answer of answers) expect(answer).toBeInstanceOf(Promise)
    setTimeout(() => writer.exec('COMMIT'), 150)
    expect(await Promise.all(answers)).toEqual([
      { state: 'claimed', attempts: 1 },
      true,
      { state: 'claimed', attempts: 1 },
    ])
    expect(store.claim(claimRequest('third')), 'at once again').toEqual({ state: 'claimed', attempts: 1 })
  })

  test('a claim that waited uses the time at which it is granted', async () => {
    let now = 1_000
    const { store, open } = newStore({ now: () => now })
    const owner = claimRequest('event')
    await store.claim(owner)
    const writer = open()
    writer.exec('BEGIN IMMEDIATE')
    const answer = store.claim(claimRequest('event'))
    now += owner.leaseMs
    writer.exec('COMMIT')
    expect(await answer).toEqual({ state: 'claimed', attempts: 2 })
  })

  test('a hundred waiting operations fail after their timeout, and block nothing meanwhile', async () => {
    const { store, open } = newStore({ busyTimeoutMs: 400 })
    open().exec('BEGIN IMMEDIATE')
    const begun = performance.now()
    const answers = Array.from({ length: 100 }, (_, index) => store.claim(claimRequest(`event ${index}`)))
    let last = performance.now()
    let longestBlock = last - begun
    const ticker = setInterval(() => {
      const now = performance.now()
      longestBlock = Math.max(longestBlock, now - last)
      last = now
    }, 1)
    const results = await Promise.allSettled(answers)
    clearInterval(ticker)
    for (const result of results)
      expect(result).toMatchObject({
        status: 'rejected',
        reason: {
          name: 'DedupeStoreError',
          code: 'ERR_WEBHOOK_STORE_UNAVAILABLE',
          message: expect.stringMatching(/^The sqlite store failed to claim: the file stayed locked/),
          cause: { code: 'SQLITE_BUSY' },
        },
      })
    expect(performance.now() - begun).toBeGreaterThanOrEqual(400)
    expect(performance.now() - begun).toBeLessThan(1_500)
    // A try takes 10 ms; the rest is for a busy machine. A hundred tries in a row would take a second.
    expect(longestBlock).toBeLessThan(250)
  })

  test('a delivery is answered 503, and handled when it is retried', async () => {
    const { store, open } = newStore({ busyTimeoutMs: 100 })
    const handler = vi.fn()
    const secret = 'a secret of more than sixteen bytes'
    const receiver = createReceiver({ endpoint: 'tickets', scheme: visibuild(), secret, store })
    const { url, method, headers, body } = createSender({ scheme: visibuild(), secret }).sign({
      url: 'http://localhost/webhooks',
    })
    const request = { url, method, headers, body }
    const writer = open()
    writer.exec('BEGIN IMMEDIATE')
    expect(await receiver.receive(request, handler)).toMatchObject({
      type: 'unavailable',
      response: { status: 503 },
    })
    expect(handler).not.toHaveBeenCalled()
    writer.exec('COMMIT')
    expect(await receiver.receive(request, handler)).toMatchObject({
      type: 'processed',
      response: { status: 200 },
    })
  })

  test('closing lets waiting operations finish and refuses later ones; closing again is harmless', async () => {
    const { store, open } = newStore()
    const writer = open()
    writer.exec('BEGIN IMMEDIATE')
    const answer = store.claim(claimRequest('event'))
    const closed = store.close()
    writer.exec('COMMIT')
    await closed
    expect(await answer).toEqual({ state: 'claimed', attempts: 1 })
    await store.close()
    await expect(store.claim(claimRequest('event'))).rejects.toThrow(
      'The sqlite store failed to claim: it is closed.',
    )
  })

  test('reading does not wait', async () => {
    const { store, open } = newStore({ busyTimeoutMs: 0 })
    await store.claim(claimRequest('event'))
    open().exec('BEGIN IMMEDIATE')
    expect(await store.count()).toMatchObject({ claimed: 1 })
  })

  test('creating a store waits, and fails with the fix', () => {
    const { open } = newStore()
    open().exec('BEGIN EXCLUSIVE')
    const create = () => sqliteStore({ database: open(), table: 'others', busyTimeoutMs: 100 })
    expect(create).toThrow(
      expect.objectContaining({
        name: 'DedupeStoreError',
        message: expect.stringContaining('stayed locked'),
      }),
    )
  })
})
