import { Cluster, Redis } from 'ioredis'
import { createClient, createClientPool, createSentinel } from 'redis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimRequest, completeRequest, storeFailed } from '../../../test/support/store-requests.js'
import { type RedisClient, type RedisStoreOptions, redisStore } from '../src/index.js'
import { findFreePort } from './support/free-port.js'
import { noRedis } from './support/needs-redis.js'
import { type StartedRedis, startRedis } from './support/start-redis.js'

test.each<[string, object, RegExp]>([
  ['no client', {}, /client must be a client of ioredis or node-redis, or a function/],
  ['a URL', { client: 'redis://127.0.0.1' }, /client must be/],
  ['null', { client: null }, /client must be/],
  ['some object', { client: { get() {}, set() {} } }, /client must be/],
  [
    'a sentinel of node-redis',
    { client: createSentinel({ name: 'a', sentinelRootNodes: [] }) },
    /sendCommand\(false/,
  ],
  ['an empty prefix', { client: async () => null, prefix: '' }, /prefix must be text/],
  [
    'masters for a client that knows its own',
    { client: new Redis({ lazyConnect: true }), masters: () => [] },
    /masters/,
  ],
])('%s is refused when the store is created', (_, options, message) => {
  expect(() => redisStore(options as RedisStoreOptions)).toThrow(
    expect.objectContaining({ code: 'ERR_WEBHOOK_OPTION_INVALID', message: expect.stringMatching(message) }),
  )
})

describe.skipIf(noRedis)('a client', () => {
  let server: StartedRedis
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.stop())

  test.each<[string, () => RedisClient | Promise<RedisClient>]>([
    [
      'of ioredis that was ended',
      async () => {
        const redis = new Redis(server.port)
        await redis.quit()
        return redis
      },
    ],
    ['of node-redis that was never connected', () => createClient({ url: url() })],
    [
      'of node-redis that was closed',
      async () => {
        const client = await createClient({ url: url() }).connect()
        await client.close()
        return client
      },
    ],
    ['of ioredis whose server is not there', async () => quiet(new Redis(await findFreePort(), once))],
    [
      'of ioredis whose cluster is not reachable',
      async () => {
        const nodes = [{ host: '127.0.0.1', port: await findFreePort() }]
        return quiet(new Cluster(nodes, { clusterRetryStrategy: () => null, lazyConnect: true }))
      },
    ],
    [
      'that throws immediately',
      () => () => {
        throw new Error('no connection')
      },
    ],
  ])('%s is an error of the store', async (_, open) => {
    const store = redisStore({ client: await open() })
    await expect(store.claim(claimRequest('key', 'a'))).rejects.toMatchObject(storeFailed)
    await expect(store.complete(completeRequest('key', 'a'))).rejects.toMatchObject(storeFailed)
    await expect(store.count()).rejects.toMatchObject(storeFailed)
    await expect(store.list()[Symbol.asyncIterator]().next()).rejects.toMatchObject(storeFailed)
  })

  test("keeps the server's words out of the message", async () => {
    const client = async () => {
      throw new Error('ERR the key countersign:secret-id')
    }
    const error = await redisStore({ client })
      .claim(claimRequest('key', 'a'))
      .catch((error) => error)
    expect(error.message).not.toContain('secret-id')
    expect(error.cause.message).toContain('secret-id')
  })

  test('of ioredis may connect with its first command', async () => {
    const redis = new Redis({ port: server.port, lazyConnect: true })
    const store = redisStore({ client: redis, prefix: 'lazy:' })
    expect(await store.count()).toMatchObject({ claimed: 0 })
    expect(await store.claim(claimRequest('key', 'a'))).toEqual({ state: 'claimed', attempts: 1 })
    redis.disconnect()
  })

  test('of ioredis may have a keyPrefix, numbers as text and its own pipelines', async () => {
    const options = { keyPrefix: 'app[1]:', stringNumbers: true, enableAutoPipelining: true }
    const redis = new Redis({ port: server.port, ...options })
    const store = redisStore({ client: redis })
    await store.claim(claimRequest('key', 'a'))
    expect(await redis.exists('countersign:key')).toBe('1')
    const listed = []
    for await (const { key, state } of store.list()) listed.push([key, state])
    expect(listed).toEqual([['key', 'claimed']])
    expect(await store.complete(completeRequest('key', 'a'))).toBe(true)
    redis.disconnect()
  })

  test('of node-redis may be a pool, or use RESP2', async () => {
    const pool = createClientPool({ url: url() })
    await pool.connect()
    const old = await createClient({ url: url(), RESP: 2 }).connect()
    for (const client of [pool, old]) {
      const store = redisStore({ client, prefix: `${client === pool}:` })
      const claims = Array.from({ length: 50 }, (_, index) => store.claim(claimRequest('key', `${index}`)))
      const states = (await Promise.all(claims)).map(({ state }) => state)
      expect(states.filter((state) => state === 'claimed')).toHaveLength(1)
      expect(await store.count()).toMatchObject({ claimed: 1 })
    }
    pool.destroy()
    old.destroy()
  })

  test('and one of the other library see the same records', async () => {
    const redis = new Redis(server.port)
    const client = await createClient({ url: url() }).connect()
    const stores = [
      redisStore({ client: redis, prefix: 'both:' }),
      redisStore({ client, prefix: 'both:' }),
    ] as const
    for (let event = 0; event < 20; event++) {
      const claims = Array.from({ length: 10 }, (_, index) =>
        stores[index % 2 === 0 ? 0 : 1].claim(claimRequest(`event ${event}`, `${index}`)),
      )
      const states = (await Promise.all(claims)).map(({ state }) => state)
      expect(states.filter((state) => state === 'claimed')).toHaveLength(1)
    }
    redis.disconnect()
    client.destroy()
  })

  function url() {
    return `redis://127.0.0.1:${server.port}`
  }
})

const once = { maxRetriesPerRequest: 0, retryStrategy: () => null }

function quiet<T extends Redis | Cluster>(client: T): T {
  return client.on('error', () => {}) as T
}
