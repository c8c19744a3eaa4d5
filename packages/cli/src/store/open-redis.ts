import type { redisStore } from '@countersign/store-redis'
import { databaseError } from './connection-failure.js'
import { loadFirst, type PackageExports } from './load-package.js'
import { type OpenedStore, openOver, type StoreNames } from './opened-store.js'

const connectTimeoutMs = 5_000
/** A server that stands still takes connections and answers nothing. */
const silenceMs = 5_000

interface Connected {
  readonly client: Parameters<typeof redisStore>[0]['client']
  readonly close: () => Promise<void>
}

/** What is used of ioredis; the CLI depends on no database. */
type MakeIoredis = new (
  url: string,
  options: object,
) => {
  on(event: 'error', listener: (error: Error) => void): unknown
  connect(): Promise<void>
  call(command: string, args: string[]): Promise<unknown>
  disconnect(): void
}

/** The same of node-redis. */
interface NodeRedis {
  on(event: 'error', listener: (error: Error) => void): unknown
  connect(): Promise<unknown>
  sendCommand(args: string[]): Promise<unknown>
  destroy(): void
}

/** Opens a store over the project's own client: ioredis or redis, by default whichever is there. */
export async function openRedis(
  url: string,
  { prefix }: StoreNames,
  cwd: string,
  clients: readonly ('ioredis' | 'redis')[] = ['ioredis', 'redis'],
): Promise<OpenedStore> {
  const store = await loadFirst(['@countersign/store-redis'], cwd)
  const makeStore = store.exports.redisStore as typeof redisStore
  const driver = await loadFirst(clients, cwd)
  const connect = driver.name === 'ioredis' ? connectIoredis : connectNodeRedis
  const { client, close } = await connect(driver.exports, url).catch((error) => {
    throw databaseError('Redis', error)
  })
  const options = prefix === undefined ? {} : { prefix }
  return openOver({ makeStore: () => makeStore({ client, ...options }), close })
}

async function connectIoredis(exports: PackageExports, url: string): Promise<Connected> {
  const Redis = exports.Redis as MakeIoredis
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: connectTimeoutMs,
    commandTimeout: silenceMs,
    maxRetriesPerRequest: 0,
    // An operator waits in front of it: it fails at once, and is started again.
    retryStrategy: () => null,
  })
  let failure: Error | undefined
  // What connect() rejects with says only that the connection is closed.
  client.on('error', (error) => {
    failure ??= error
  })
  try {
    await client.connect()
    await client.call('PING', [])
  } catch (error) {
    client.disconnect()
    throw failure ?? error
  }
  return { client, close: async () => client.disconnect() }
}

async function connectNodeRedis(exports: PackageExports, url: string): Promise<Connected> {
  const create = exports.createClient as (options: object) => NodeRedis
  const client = create({
    url,
    socket: { reconnectStrategy: false, connectTimeout: connectTimeoutMs, socketTimeout: silenceMs },
  })
  client.on('error', () => {})
  await client.connect()
  return { client, close: async () => client.destroy() }
}
