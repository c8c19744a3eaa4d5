import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { claimRequest, completeRequest, storeFailed } from '../../../test/support/store-requests.js'
import { redisStore } from '../src/index.js'
import { noRedis } from './support/needs-redis.js'
import { type StartedRedis, startRedis } from './support/start-redis.js'

const owned = { key: 'key', token: 'a' }

describe.skipIf(noRedis)("others' keys and scripts on the same Redis", () => {
  let server: StartedRedis
  let redis: Redis
  beforeAll(async () => {
    server = await startRedis()
    redis = new Redis(server.port)
  })
  afterAll(async () => {
    redis.disconnect()
    await server.stop()
  })
  beforeEach(() => redis.flushall())

  test.each<[string, () => Promise<unknown>]>([
    ['text', () => redis.set('countersign:key', 'PENDING')],
    ['empty text', () => redis.set('countersign:key', '')],
    ['JSON', () => redis.set('countersign:key', '{"state":"completed"}')],
    ['a record of no known state', () => redis.set('countersign:key', 'done2 1 0 1 - a b')],
    ['a record without times', () => redis.set('countersign:key', 'completed 1 x y - a b')],
    ['a fresh claim that lost its expiry', () => redis.set('countersign:key', 'fresh 1 1000 1000 - a -')],
    ['a hash', () => redis.hset('countersign:key', 'state', 'completed')],
    ['a list', () => redis.rpush('countersign:key', 'completed')],
  ])('%s under the prefix is an error, and is not changed', async (_, write) => {
    await write()
    const before = await redis.dump('countersign:key')
    const store = redisStore({ client: redis })
    const failed = { ...storeFailed, message: expect.stringContaining('prefix') }
    const calls = [
      () => store.claim(claimRequest('key', 'a')),
      () => store.claim(claimRequest('key', 'a', { hold: true })),
      () => store.extend({ ...owned, leaseMs: 1 }),
      () => store.acknowledge(owned),
      () => store.complete(completeRequest('key', 'a')),
      () => store.release(owned),
      () => store.fail(owned),
      () => store.forget({ key: 'key', force: true }),
      () => store.count(),
      () => store.list()[Symbol.asyncIterator]().next(),
    ]
    for (const call of calls) await expect(call()).rejects.toMatchObject(failed)
    expect(await redis.dump('countersign:key')).toBe(before)
  })

  test('a server that lost the scripts gets them again', async () => {
    const store = redisStore({ client: redis })
    await store.claim(claimRequest('key', 'a'))
    await redis.script('FLUSH')
    expect(await store.extend({ ...owned, leaseMs: 1_000 })).toBe(true)
    await redis.script('FLUSH')
    expect(await store.complete(completeRequest('key', 'a'))).toBe(true)
    await redis.script('FLUSH')
    expect(await store.count()).toMatchObject({ completed: 1 })
  })

  test('any other refusal is not retried', async () => {
    const asked: string[] = []
    const client = async ([name]: readonly [string, ...string[]]) => {
      asked.push(name)
      throw new Error('ERR something else')
    }
    await expect(redisStore({ client }).release(owned)).rejects.toMatchObject(storeFailed)
    expect(asked).toEqual(['EVALSHA'])
  })

  test("stores with different prefixes do not see each other's records", async () => {
    const tickets = redisStore({ client: redis, prefix: 'tickets:' })
    const leads = redisStore({ client: redis, prefix: 'leads[*]?\\:' })
    for (const store of [tickets, leads]) {
      expect(await store.claim(claimRequest('key', 'a'))).toEqual({ state: 'claimed', attempts: 1 })
    }
    await redis.set('leads*x:', 'not ours')
    expect(await leads.count()).toMatchObject({ claimed: 1 })
    expect(await leads.forget({ key: 'key', force: true })).toBe(true)
    expect(await tickets.count()).toMatchObject({ claimed: 1 })
  })
})
