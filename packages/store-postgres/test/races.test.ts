import postgres from 'postgres'
import { describe, expect, test } from 'vitest'
import { claimRequest, completeRequest } from '../../../test/support/store-requests.js'
import { postgresStore } from '../src/index.js'
import { createPool } from './support/clients.js'
import { createSchema, noPostgres, url } from './support/server.js'

describe.skipIf(noPostgres)('races', () => {
  test('of fifty concurrent claims one wins and none fails, a hundred times, and again after each lease', {
    timeout: 60_000,
  }, async () => {
    const { schema, drop } = await createSchema()
    const pool = createPool()
    const sql = postgres(url)
    let now = Date.UTC(2026, 0, 15)
    const stores = [pool, sql, pool].map((client) =>
      postgresStore({ client, table: `${schema}.races`, now: () => now }),
    )
    await stores[0]?.migrate()
    const claimAll = (key: string, round: string) =>
      Promise.all(
        Array.from({ length: 50 }, async (_, index) => {
          const store = stores[index % stores.length] as (typeof stores)[number]
          const token = `${round} ${index}`
          return { store, token, result: await store.claim(claimRequest(key, token)) }
        }),
      )
    try {
      for (let event = 0; event < 50; event++) {
        const key = `event ${event}`
        let loser: string | undefined
        for (const round of ['first', 'takeover']) {
          const claims = await claimAll(key, round)
          const winners = claims.filter(({ result }) => result.state === 'claimed')
          expect(winners.length, `${key}, ${round}`).toBe(1)
          expect(claims.every(({ result }) => ['claimed', 'in-progress'].includes(result.state))).toBe(true)
          const count = round === 'first' ? 1 : 2
          expect(new Set(claims.map(({ result }) => result.attempts))).toEqual(new Set([count]))
          const [winner] = winners
          if (round === 'takeover') {
            expect(await winner?.store.complete(completeRequest(key, loser ?? ''))).toBe(false)
            expect(await winner?.store.complete(completeRequest(key, winner.token))).toBe(true)
          }
          loser = winner?.token
          now += 30_000
        }
      }
    } finally {
      await pool.end()
      await sql.end()
      await drop()
    }
  })
})
