import { setTimeout as delay } from 'node:timers/promises'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimRequest, completeRequest } from '../../../test/support/store-requests.js'
import { type PostgresStore, postgresStore } from '../src/index.js'
import { connectInChild } from './support/child-connection.js'
import { createPool, transactIn } from './support/clients.js'
import { pollUntil } from './support/poll-until.js'
import { receiveOnce } from './support/receive-once.js'
import { noServerProgram, type StartedPostgres, startPostgres } from './support/start-postgres.js'

describe.skipIf(noServerProgram)('over a server that crashes', () => {
  let server: StartedPostgres
  let pool: Pool
  let store: PostgresStore

  beforeAll(async () => {
    server = await startPostgres()
    pool = createPool({ connectionString: server.url })
    store = postgresStore({ client: pool })
    await store.migrate()
    await pool.query('CREATE TABLE effects (key text)')
  }, 60_000)

  afterAll(async () => {
    await store.close()
    await pool.end()
    await server.stop()
  }, 60_000)

  const effectsOf = async (key: string) =>
    Number((await pool.query('SELECT count(*) FROM effects WHERE key = $1', [key])).rows[0].count)

  /** What the server said was done, is done, whatever happened to it then. */
  const restart = async () => {
    await server.kill()
    await server.restart()
  }

  test('claims and completions that were answered survive the crash', async () => {
    const answered = new Map<string, 'claimed' | 'completed'>()
    let isDead = false
    const work = async (worker: number) => {
      for (let index = 0; !isDead; index++) {
        const key = `${worker} ${index}`
        try {
          await store.claim(claimRequest(key, 'owner'))
          answered.set(key, 'claimed')
          if (index % 2 === 0) {
            await store.complete(completeRequest(key, 'owner'))
            answered.set(key, 'completed')
          }
        } catch (error) {
          expect(error).toMatchObject({ name: 'DedupeStoreError' })
          return
        }
      }
    }
    const workers = [1, 2, 3, 4].map(work)
    await pollUntil(() => answered.size >= 100)
    await server.kill()
    isDead = true
    await Promise.all(workers)
    await server.restart()

    for (const [key, state] of answered) {
      const { state: found } = await store.claim(claimRequest(key, 'another'))
      // A completion may have taken effect although its answer never came.
      const possible = state === 'completed' ? ['completed'] : ['in-progress', 'completed']
      expect(possible, key).toContain(found)
    }
  }, 60_000)

  test('a database process that is paused: the receiver answers 503 within its timeout', async () => {
    const one = createPool({ connectionString: server.url, max: 1 })
    const over = postgresStore({ client: one })
    const { rows } = await one.query('SELECT pg_backend_pid() AS pid')
    process.kill(rows[0].pid, 'SIGSTOP')
    try {
      const answer = await receiveOnce(over)
      expect(answer).toMatchObject({ type: 'unavailable', status: 503 })
      expect(answer.tookMs).toBeLessThan(2_000)
    } finally {
      process.kill(rows[0].pid, 'SIGCONT')
      await one.end()
    }
  })

  test('effect and completion both exist or both do not when the server crashes before or after the commit', async () => {
    await store.claim(claimRequest('uncommitted', 'owner'))
    const connection = await pool.connect()
    connection.on('error', () => {})
    await connection.query('BEGIN')
    await connection.query("INSERT INTO effects VALUES ('uncommitted')")
    expect(await store.completeIn(connection, completeRequest('uncommitted', 'owner'))).toBe(true)
    await restart()
    await expect(connection.query('COMMIT')).rejects.toThrow()
    connection.release(true)
    expect(await effectsOf('uncommitted')).toBe(0)
    expect(await store.isCompleted({ key: 'uncommitted', token: 'owner' })).toBe(false)
    expect(await store.claim(claimRequest('uncommitted', 'another'))).toMatchObject({ state: 'in-progress' })

    await store.claim(claimRequest('committed', 'owner'))
    await transactIn(pool, async (open) => {
      await open.query("INSERT INTO effects VALUES ('committed')")
      await store.completeIn(open, completeRequest('committed', 'owner'))
    })
    await restart()
    expect(await effectsOf('committed')).toBe(1)
    expect(await store.isCompleted({ key: 'committed', token: 'owner' })).toBe(true)
  }, 60_000)

  test('a process that is killed between effect and commit leaves neither', async () => {
    await store.claim(claimRequest('cut off', 'owner'))
    const child = await connectInChild(server.url)
    await child.query('BEGIN')
    await child.query("INSERT INTO effects VALUES ('cut off')")
    expect(await store.completeIn(child, completeRequest('cut off', 'owner'))).toBe(true)
    await child.kill()
    await pollUntil(noChildren)
    expect(await effectsOf('cut off')).toBe(0)
    expect(await store.isCompleted({ key: 'cut off', token: 'owner' })).toBe(false)
    expect(await store.extend({ key: 'cut off', token: 'owner', leaseMs: 1_000 })).toBe(true)
  }, 60_000)

  test('a process that is killed around its commit leaves both or neither', async () => {
    const keys = Array.from({ length: 6 }, (_, index) => `killed ${index}`)
    for (const [index, key] of keys.entries()) {
      await store.claim(claimRequest(key, 'owner'))
      const child = await connectInChild(server.url)
      await child.query('BEGIN')
      await child.query(`INSERT INTO effects VALUES ('${key}')`)
      await store.completeIn(child, completeRequest(key, 'owner'))
      void child.query('COMMIT')
      await delay(index / 2)
      await child.kill()
    }
    await pollUntil(noChildren)
    for (const key of keys) {
      expect(await effectsOf(key), key).toBe(Number(await store.isCompleted({ key, token: 'owner' })))
    }
  }, 60_000)

  const noChildren = async () => {
    const { rows } = await pool.query(
      "SELECT FROM pg_stat_activity WHERE application_name = 'countersign child'",
    )
    return rows.length === 0
  }
})
