import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DedupeStore, memoryStore } from '@countersign/core'
import { postgresStore } from '@countersign/store-postgres'
import { redisStore } from '@countersign/store-redis'
import { sqliteStore } from '@countersign/store-sqlite'
import { PGlite } from '@electric-sql/pglite'
import Database from 'better-sqlite3'
import { Redis } from 'ioredis'
import pg from 'pg'
import { onTestFinished } from 'vitest'

/** A store that fails in one way. */
export interface BrokenStore {
  readonly create: () => DedupeStore | Promise<DedupeStore>
  /** What the log line must match. */
  readonly says: RegExp
  readonly code: 'ERR_WEBHOOK_STORE_UNAVAILABLE' | 'ERR_WEBHOOK_STORE_TIMEOUT' | 'ERR_WEBHOOK_STORE_FULL'
}

const unavailable = 'ERR_WEBHOOK_STORE_UNAVAILABLE'

export const brokenStores: Readonly<Record<string, BrokenStore>> = {
  'memory, full': {
    create: async () => {
      const store = memoryStore({ maxEntries: 1 })
      await store.claim({
        key: 'k',
        token: 't',
        fingerprint: 'f',
        leaseMs: 60_000,
        retentionMs: 60_000,
        hold: false,
      })
      return store
    },
    says: /full|maxEntries/,
    code: 'ERR_WEBHOOK_STORE_FULL',
  },
  'SQLite, whose table was dropped': {
    create: () => {
      const database = openFile()
      onTestFinished(() => void database.close())
      const store = sqliteStore({ database })
      const [table] = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as {
        name: string
      }[]
      database.exec(`DROP TABLE ${table?.name}`)
      return store
    },
    says: /SQLite|sqlite/,
    code: unavailable,
  },
  'SQLite, closed': {
    create: () => {
      const database = openFile()
      const store = sqliteStore({ database })
      database.close()
      return store
    },
    says: /database connection is not open/,
    code: unavailable,
  },
  'PostgreSQL, not there': {
    create: async () => {
      const pool = new pg.Pool({ host: '127.0.0.1', port: await closedPort() })
      onTestFinished(() => pool.end())
      return postgresStore({ client: pool })
    },
    says: /ECONNREFUSED/,
    code: unavailable,
  },
  'PostgreSQL, without its table': {
    create: async () => {
      const client = await PGlite.create()
      onTestFinished(() => client.close())
      return postgresStore({ client })
    },
    says: /migrate/,
    code: unavailable,
  },
  'Redis, not there': {
    create: async () => {
      const client = new Redis({
        port: await closedPort(),
        host: '127.0.0.1',
        maxRetriesPerRequest: 0,
        retryStrategy: () => null,
      })
      client.on('error', () => undefined)
      onTestFinished(() => client.disconnect())
      return redisStore({ client })
    },
    says: /Connection is closed|ECONNREFUSED|max retries/i,
    code: unavailable,
  },
  'Redis, silent': {
    create: async () => {
      const client = new Redis({ port: await silentPort(), host: '127.0.0.1', enableReadyCheck: false })
      client.on('error', () => undefined)
      onTestFinished(() => client.disconnect())
      return redisStore({ client })
    },
    says: /took over 300 ms/,
    code: 'ERR_WEBHOOK_STORE_TIMEOUT',
  },
  'a store of the user’s that throws null': {
    create: () => ({ ...memoryStore(), claim: () => Promise.reject(null) }),
    says: /null was thrown/,
    code: unavailable,
  },
}

function openFile() {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return new Database(join(folder, 'store.db'))
}

async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A port that accepts connections and never answers. */
async function silentPort(): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    onTestFinished(() => void socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}
