import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgresStore } from '@countersign/store-postgres'
import { redisStore } from '@countersign/store-redis'
import { sqliteStore } from '@countersign/store-sqlite'
import { claimAndComplete } from './claim-and-complete.js'
import { makeRequests } from './make-requests.js'

/**
 * A store, and a peer that does the same with two raw commands of the same client. The peer cannot distinguish live claims from
 * completed ones, or its own claims from those of others.
 *
 * @typedef {object} StoreComparison
 * @property {string} name
 * @property {number | undefined} limit the mark, if there is one
 * @property {() => Promise<OpenedComparison>} open rejects if the backend is not available
 *
 * @typedef {object} OpenedComparison
 * @property {() => Promise<void>} ours
 * @property {() => Promise<void>} peer
 * @property {() => Promise<unknown>} close
 */

const run = `bench-${process.pid}-${Date.now()}`
const retentionMs = 259_200_000

const redisUrl = process.env.COUNTERSIGN_REDIS_URL ?? 'redis://127.0.0.1:6379'
const postgresUrl = process.env.COUNTERSIGN_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/test'

/** @type {readonly StoreComparison[]} */
export const storeComparisons = [
  {
    name: 'Redis, ioredis',
    limit: 1.15,
    async open() {
      const { Redis } = await import('ioredis')
      const client = new Redis(redisUrl, { lazyConnect: true, retryStrategy: () => null })
      client.on('error', () => {})
      await client.connect()
      const sides = redisSides('ioredis', client, (args) => client.call(args[0], ...args.slice(1)))
      return { ...sides, close: () => client.quit() }
    },
  },
  {
    name: 'Redis, node-redis',
    limit: 1.15,
    async open() {
      const { createClient } = await import('redis')
      const client = createClient({ url: redisUrl, socket: { reconnectStrategy: false } })
      client.on('error', () => {})
      await client.connect()
      const sides = redisSides('node-redis', client, (args) => client.sendCommand([...args]))
      return { ...sides, close: () => client.close() }
    },
  },
  {
    name: 'PostgreSQL, pg',
    limit: 1.25,
    async open() {
      const { default: pg } = await import('pg')
      const client = new pg.Pool({ connectionString: postgresUrl, max: 2 })
      client.on('error', () => {})
      const table = `bench_${process.pid}`
      const store = postgresStore({ client, table })
      await store.migrate()
      await client.query(
        `CREATE TABLE ${table}_raw (key text PRIMARY KEY, state text NOT NULL, until timestamptz NOT NULL)`,
      )
      const next = makeRequests(`${run}-ours`)
      const nextRaw = makeRequests(`${run}-raw`)
      const insert = {
        name: 'bench-insert',
        text: `INSERT INTO ${table}_raw VALUES ($1, 'claimed', now() + interval '30 s') ON CONFLICT DO NOTHING`,
      }
      const update = {
        name: 'bench-update',
        text: `UPDATE ${table}_raw SET state = 'completed', until = now() + interval '3 days' WHERE key = $1`,
      }
      return {
        ours: () => claimAndComplete(store, next),
        async peer() {
          const values = [nextRaw().key]
          await client.query({ ...insert, values })
          await client.query({ ...update, values })
        },
        async close() {
          await store.close?.()
          await client.query(`DROP TABLE ${table}, ${table}_raw`)
          await client.end()
        },
      }
    },
  },
  {
    name: 'SQLite, better-sqlite3',
    limit: undefined,
    async open() {
      const { default: Database } = await import('better-sqlite3')
      const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
      const database = new Database(join(folder, 'ours.db'))
      const raw = new Database(join(folder, 'raw.db'))
      raw.pragma('journal_mode = WAL')
      raw.pragma('synchronous = FULL')
      raw.exec('CREATE TABLE raw (key TEXT PRIMARY KEY, state TEXT, until INTEGER) WITHOUT ROWID')
      const insert = raw.prepare("INSERT INTO raw VALUES (?, 'claimed', ?) ON CONFLICT DO NOTHING")
      const update = raw.prepare("UPDATE raw SET state = 'completed', until = ? WHERE key = ?")
      const store = sqliteStore({ database })
      const next = makeRequests(`${run}-ours`)
      const nextRaw = makeRequests(`${run}-raw`)
      return {
        ours: () => claimAndComplete(store, next),
        async peer() {
          const { key } = nextRaw()
          insert.run(key, Date.now() + 30_000)
          update.run(Date.now() + retentionMs, key)
        },
        async close() {
          await store.close?.()
          database.close()
          raw.close()
          rmSync(folder, { recursive: true })
        },
      }
    },
  },
]

/**
 * @param {string} name
 * @param {Parameters<typeof redisStore>[0]['client']} client
 * @param {(args: readonly [string, ...string[]]) => Promise<unknown>} send
 */
function redisSides(name, client, send) {
  const prefix = `${run}-${name}:`
  const store = redisStore({ client, prefix })
  const next = makeRequests('ours')
  const nextRaw = makeRequests('raw')
  const forgottenMs = '60000'
  return {
    ours: () => claimAndComplete(store, () => ({ ...next(), retentionMs: 60_000 })),
    async peer() {
      const { key, token } = nextRaw()
      await send(['SET', prefix + key, token, 'NX', 'PX', forgottenMs])
      await send(['SET', prefix + key, 'completed', 'XX', 'PX', forgottenMs])
    },
  }
}
