import type { redisStore } from '@countersign/store-redis'
import { loadFirst, type PackageExports } from './load-package.js'
import { makeStoreOrClose, type OpenedStore, type StoreNames } from './opened-store.js'
import { toDatabaseError } from './to-database-error.js'

const connectTimeoutMs = 5_000
/** A server that hangs still accepts connections. */
const answerTimeoutMs = 5_000

interface Connected {
  readonly client: Parameters<typeof redisStore>[0]['client']
  readonly close: () => Promise<void>
}

/** The part of ioredis that is used; the CLI depends on no database client. */
type MakeIoredis = new (
  url: string,
  options: object,
) => {
  on(event: 'error', listener: (error: Error) => void): unknown
  connect(): Promise<void>
  call(command: string, args: string[]): Promise<unknown>
  disconnect(): void
}

/** The part of node-redis that is used. */
interface NodeRedis {
  on(event: 'error', listener: (error: Error) => void): unknown
  connect(): Promise<unknown>
  sendCommand(args: string[]): Promise<unknown>
  destroy(): void
}

/** Opens a store with the project's own client: ioredis or redis, whichever is installed. */
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
    throw toDatabaseError('Redis', error)
  })
  const options = prefix === undefined ? {} : { prefix }
  return makeStoreOrClose({ makeStore: () => makeStore({ client, ...options }), close })
}

async function connectIoredis(exports: PackageExports, url: string): Promise<Connected> {
  const Redis = exports.Redis as MakeIoredis
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: connectTimeoutMs,
    commandTimeout: answerTimeoutMs,
    maxRetriesPerRequest: 0,
    // An operator is waiting: fail at once instead of reconnecting.
    retryStrategy: () => null,
  })
  let failure: Error | undefined
  // connect() rejects only with "connection is closed"; the reason comes as an event.
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
    socket: { reconnectStrategy: false, connectTimeout: connectTimeoutMs, socketTimeout: answerTimeoutMs },
  })
  client.on('error', () => {})
  await client.connect()
  return { client, close: async () => client.destroy() }
}
