import { Redis } from 'ioredis'
import { afterEach, describe, expect, test } from 'vitest'
import { claimRequest, completeRequest } from '../../../test/support/store-requests.js'
import { redisStore } from '../src/index.js'
import { noRedis } from './support/needs-redis.js'
import { type StartedRedis, startRedis } from './support/start-redis.js'

describe.skipIf(noRedis)('a Redis that is killed and restarted', () => {
  const ends: (() => unknown)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
  })

  async function open(settings: readonly string[] = []) {
    const server: StartedRedis = await startRedis(settings)
    ends.push(() => server.stop())
    const redis = new Redis(server.port, { retryStrategy: () => 10 })
    redis.on('error', () => {})
    ends.push(() => redis.disconnect())
    return { server, redis, store: redisStore({ client: redis }) }
  }

  test('keeps everything if each write goes to disk first', async () => {
    const { server, store } = await open(['--appendonly', 'yes', '--appendfsync', 'always'])
    await store.claim(claimRequest('claimed', 'a'))
    await store.claim(claimRequest('completed', 'a'))
    await store.complete(completeRequest('completed', 'a'))
    await store.claim(claimRequest('failed', 'a'))
    await store.fail({ key: 'failed', token: 'a' })
    await store.claim(claimRequest('held', 'a', { hold: true, leaseMs: 0 }))
    await server.restart()

    const answers = ['claimed', 'completed', 'failed', 'held'].map((key) =>
      store.claim(claimRequest(key, 'b')),
    )
    expect(await Promise.all(answers)).toEqual([
      { state: 'in-progress', attempts: 1, retryAfterMs: expect.any(Number) },
      { state: 'completed', attempts: 2, sameFingerprint: true },
      { state: 'failed', attempts: 2 },
      { state: 'held', attempts: 2 },
    ])
    expect(await store.complete(completeRequest('claimed', 'a'))).toBe(true)
  })

  test('loses no answered operation when it is killed during many deliveries', async () => {
    const { server, store } = await open(['--appendonly', 'yes', '--appendfsync', 'always'])
    const completed: string[] = []
    let running = true
    const deliver = async (worker: number) => {
      for (let turn = 0; running; turn++) {
        const key = `${worker} ${turn}`
        try {
          await store.claim(claimRequest(key, 'a'))
          if (await store.complete(completeRequest(key, 'a'))) completed.push(key)
        } catch {
          // The connection broke: nothing was answered.
        }
      }
    }
    const workers = [1, 2, 3, 4].map(deliver)
    while (completed.length < 50) await store.count()
    await server.restart()
    running = false
    await Promise.all(workers)

    const states = await Promise.all(completed.map((key) => store.claim(claimRequest(key, 'b'))))
    expect(states.filter(({ state }) => state !== 'completed')).toEqual([])
  })

  test('loses everything without persistence: a completed delivery runs again (documented limit)', async () => {
    const { server, store } = await open()
    await store.claim(claimRequest('key', 'a'))
    await store.complete(completeRequest('key', 'a'))
    await server.restart()
    expect(await store.claim(claimRequest('key', 'b'))).toEqual({ state: 'claimed', attempts: 1 })
  })

  test('runs everything again after FLUSHALL, and still writes a pending completion (documented limit)', async () => {
    const { redis, store } = await open()
    await store.claim(claimRequest('completed', 'a'))
    await store.complete(completeRequest('completed', 'a'))
    await store.claim(claimRequest('running', 'a'))
    await redis.flushall()
    expect(await store.claim(claimRequest('completed', 'b'))).toEqual({ state: 'claimed', attempts: 1 })
    expect(await store.extend({ key: 'running', token: 'a', leaseMs: 1_000 })).toBe(false)
    expect(await store.complete(completeRequest('running', 'a'))).toBe(true)
    expect(await store.claim(claimRequest('running', 'b'))).toMatchObject({ state: 'completed' })
  })
})
