import type { PostgresClient, postgresStore } from '@countersign/store-postgres'
import { databaseError } from './connection-failure.js'
import { loadFirst, type PackageExports } from './load-package.js'
import { type OpenedStore, openOver, type StoreNames } from './opened-store.js'

const connectTimeoutSeconds = 5
/** Longer than any statement of the store takes, and shorter than somebody waits. */
const queryTimeoutMs = 60_000

interface Connected {
  readonly client: PostgresClient
  readonly close: () => Promise<void>
}

/** What is used of pg; the CLI depends on no database. */
type MakePool = new (
  options: object,
) => Extract<PostgresClient, { totalCount: number }> & {
  on(event: 'error', listener: () => void): unknown
  end(): Promise<void>
}

/** The same of postgres.js. */
type MakePostgresJs = (
  url: string,
  options: object,
) => Extract<PostgresClient, { unsafe: unknown }> & { end(options: object): Promise<void> }

/** Opens a store over the project's own client: pg or postgres, by default whichever is there. */
export async function openPostgres(
  url: string,
  { table }: StoreNames,
  cwd: string,
  clients: readonly ('pg' | 'postgres')[] = ['pg', 'postgres'],
): Promise<OpenedStore> {
  const { exports } = await loadFirst(['@countersign/store-postgres'], cwd)
  const makeStore = exports.postgresStore as typeof postgresStore
  const options = { prune: 'manual', ...(table !== undefined && { table }) } as const
  const driver = await loadFirst(clients, cwd)
  const connect = driver.name === 'pg' ? connectPg : connectPostgresJs
  const { client, close } = await connect(driver.exports, url).catch((error) => {
    throw databaseError('PostgreSQL', error)
  })
  const opened = await openOver({ makeStore: () => makeStore({ client, ...options }), close })
  return { ...opened, migrate: () => opened.store.migrate() }
}

async function connectPg(exports: PackageExports, url: string): Promise<Connected> {
  const Pool = exports.Pool as MakePool
  const pool = new Pool({
    connectionString: url,
    max: 1,
    connectionTimeoutMillis: connectTimeoutSeconds * 1000,
    query_timeout: queryTimeoutMs,
  })
  // Without a listener the process would end; the query that runs rejects all the same.
  pool.on('error', () => {})
  const close = () => pool.end()
  await pool.query({ text: 'SELECT 1', values: [] }).catch(async (error) => {
    await close()
    throw error
  })
  return { client: pool, close }
}

async function connectPostgresJs(exports: PackageExports, url: string): Promise<Connected> {
  const make = exports.default as MakePostgresJs
  const sql = make(url, { max: 1, connect_timeout: connectTimeoutSeconds, onnotice: () => {} })
  const close = () => sql.end({ timeout: 1 })
  await Promise.resolve(sql.unsafe('SELECT 1')).catch(async (error) => {
    await close()
    throw error
  })
  return { client: sql, close }
}
