// A user's program in ESM that passes a client to each store. It is compiled, and loaded without any server.
import { createReceiver } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import type { InspectableStore, TransactionalStore } from '@countersign/core/stores'
import { postgresStore } from '@countersign/store-postgres'
import { redisStore } from '@countersign/store-redis'
import { sqliteStore } from '@countersign/store-sqlite'
import type Database from 'better-sqlite3'
import { Cluster, Redis } from 'ioredis'
import pg from 'pg'
import postgres from 'postgres'
import { createClient, createCluster } from 'redis'

const redis = new Redis({ lazyConnect: true })
const pool = new pg.Pool({ max: 1 })
const sql = postgres({ max: 1 })

export const overSqlite = (database: Database.Database): TransactionalStore => sqliteStore({ database })
export const overFunctions = [
  redisStore({ client: (command, key) => redis.call('EVAL', 'return 1', 0, key, ...command) }),
  postgresStore({ client: (text, params) => pool.query(text, [...params]) }),
]

const stores: InspectableStore[] = [
  redisStore({ client: redis }),
  redisStore({ client: new Cluster([{ host: '127.0.0.1', port: 1 }], { lazyConnect: true }) }),
  redisStore({ client: createClient() }),
  redisStore({ client: createCluster({ rootNodes: [{ url: 'redis://127.0.0.1:1' }] }) }),
  postgresStore({ client: pool, table: 'ops.deliveries' }),
  postgresStore({ client: sql }),
]

const receivers = stores.map((store) =>
  createReceiver({
    endpoint: 'tickets',
    scheme: visibuild(),
    secret: 'a-secret-of-thirty-two-characters',
    store,
  }),
)

/** A handler that uses pg. */
export const handle = receivers[4]?.receive(
  { method: 'GET', url: '/', headers: {}, body: new Uint8Array() },
  async (delivery) => {
    const transaction = await pool.connect()
    await transaction.query('BEGIN')
    await delivery.completeIn(transaction)
    await transaction.query('COMMIT')
    transaction.release()
  },
)

console.log(JSON.stringify(stores.map(({ name, shared }) => (shared ? name : 'not shared'))))
