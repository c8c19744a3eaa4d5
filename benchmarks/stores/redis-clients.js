import { redisStore } from '@countersign/store-redis'
import { claimAndComplete } from './claim-and-complete.js'
import { makeRequests } from './make-requests.js'

const url = process.env.COUNTERSIGN_REDIS_URL ?? 'redis://127.0.0.1:6379'
const forgottenMs = 60_000

/** @type {readonly import('./compare-clients.js').Client[]} */
export const redisClients = [
  {
    name: 'Redis, ioredis',
    backend: 'Redis',
    async open() {
      const { Redis } = await import('ioredis')
      const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null })
      /** @type {Error | undefined} */
      let failure
      client.on('error', (error) => {
        failure = error
      })
      await client.connect().catch((error) => Promise.reject(failure ?? error))
      const sides = bothSides(client, (args) => client.call(args[0], args.slice(1)))
      return { ...sides, close: () => client.quit() }
    },
  },
  {
    name: 'Redis, node-redis',
    backend: 'Redis',
    async open() {
      const { createClient } = await import('redis')
      const client = createClient({ url, socket: { reconnectStrategy: false } })
      client.on('error', () => {})
      await client.connect()
      const sides = bothSides(client, (args) => client.sendCommand([...args]))
      return { ...sides, close: () => client.close() }
    },
  },
]

/**
 * The raw commands are two SET: NX, then XX.
 *
 * @param {Parameters<typeof redisStore>[0]['client']} client
 * @param {(args: readonly [string, ...string[]]) => Promise<unknown>} send
 */
function bothSides(client, send) {
  const prefix = `bench-${process.pid}-${Date.now()}:`
  const store = redisStore({ client, prefix })
  const next = makeRequests('ours', forgottenMs)
  const nextRaw = makeRequests('raw')
  return {
    ours: () => claimAndComplete(store, next),
    async peer() {
      const { key, token } = nextRaw()
      await send(['SET', prefix + key, token, 'NX', 'PX', `${forgottenMs}`])
      await send(['SET', prefix + key, 'completed', 'XX', 'PX', `${forgottenMs}`])
    },
  }
}
