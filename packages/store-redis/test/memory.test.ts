import { Redis } from 'ioredis'
import { afterEach, describe, expect, test } from 'vitest'
import { claimRequest, completeRequest, storeFailed } from '../../../test/support/store-requests.js'
import { redisStore } from '../src/index.js'
import { noRedis } from './support/needs-redis.js'
import { type StartedRedis, startRedis } from './support/start-redis.js'

describe.skipIf(noRedis)('a Redis whose memory is full', () => {
  let server: StartedRedis
  let redis: Redis
  afterEach(async () => {
    redis.disconnect()
    await server.stop()
  })

  async function open(policy: string) {
    server = await startRedis(['--maxmemory', '8mb', '--maxmemory-policy', policy])
    redis = new Redis(server.port)
    return redisStore({ client: redis })
  }

  test('that may evict keys can lose a live claim (documented limit)', async () => {
    const store = await open('volatile-lru')
    expect(await store.claim(claimRequest('key', 'a'))).toMatchObject({ state: 'claimed' })
    const text = 'x'.repeat(100_000)
    for (let index = 0; (await redis.exists('countersign:key')) === 1; index++) {
      expect(index).toBeLessThan(1_000)
      // Fresher than the claim, so that the claim is what was not used for longest.
      await redis.set(`other ${index}`, text, 'PX', 86_400_000)
    }
    expect(await store.claim(claimRequest('key', 'b'))).toEqual({ state: 'claimed', attempts: 1 })
  })

  test('and may not evict refuses claims and completions, and keeps its records', async () => {
    const store = await open('noeviction')
    await store.claim(claimRequest('key', 'a'))
    await store.claim(claimRequest('done', 'a'))
    await store.complete(completeRequest('done', 'a'))
    await redis.config('SET', 'maxmemory', '1')
    const full = { ...storeFailed, message: expect.stringContaining('Raise its maxmemory') }
    await expect(store.claim(claimRequest('new', 'b'))).rejects.toMatchObject(full)
    await expect(store.claim(claimRequest('new', 'b', { hold: true }))).rejects.toMatchObject(full)
    await expect(store.claim(claimRequest('done', 'b'))).rejects.toMatchObject(full)
    await expect(store.complete(completeRequest('key', 'a'))).rejects.toMatchObject(full)
    expect(await redis.exists('countersign:new')).toBe(0)

    expect(await store.forget({ key: 'done' })).toBe(true)
    await redis.config('SET', 'maxmemory', '0')
    expect(await store.complete(completeRequest('key', 'a'))).toBe(true)
  })
})
