import type { PostgresClient, postgresStore } from '@countersign/store-postgres'
import { loadFirst, type PackageExports } from './load-package.js'
import { makeStoreOrClose, type OpenedStore, type StoreNames } from './opened-store.js'
import { toDatabaseError } from './to-database-error.js'

const connectTimeoutSeconds = 5
/** Longer than any statement of the store takes. */
const queryTimeoutMs = 60_000

interface Connected {
  readonly client: PostgresClient
  readonly close: () => Promise<void>
}

/** The part of pg that is used; the CLI depends on no database client. */
type MakePool = new (
  options: object,
) => Extract<PostgresClient, { totalCount: number }> & {
  on(event: 'error', listener: () => void): unknown
  end(): Promise<void>
}

/** The part of postgres.js that is used. */
type MakePostgresJs = (
  url: string,
  options: object,
) => Extract<PostgresClient, { unsafe: unknown }> & { end(options: object): Promise<void> }

/** Opens a store with the project's own client: pg or postgres, whichever is installed. */
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
    throw toDatabaseError('PostgreSQL', error)
  })
  const opened = await makeStoreOrClose({ makeStore: () => makeStore({ client, ...options }), close })
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
  // Without a listener, an error of an idle connection would end the process. Running queries reject anyway.
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
