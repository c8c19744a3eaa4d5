import type { DeliveryRecord } from '@countersign/core'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { claimRequest, storeFailed } from '../../../test/support/store-requests.js'
import { redisStore, type SendCommand } from '../src/index.js'
import { noRedis } from './support/needs-redis.js'
import { type StartedRedis, startRedis } from './support/start-redis.js'

describe.skipIf(noRedis)('listing', () => {
  let server: StartedRedis
  let redis: Redis
  const send: SendCommand = ([name, ...args]) => redis.call(name, args)
  beforeAll(async () => {
    server = await startRedis()
    redis = new Redis(server.port)
  })
  afterAll(async () => {
    redis.disconnect()
    await server.stop()
  })
  beforeEach(() => redis.flushall())

  test('goes through thousands of records in batches, among many keys of others', async () => {
    const store = redisStore({ client: redis })
    const others = redis.pipeline()
    for (let index = 0; index < 5_000; index++) others.set(`other ${index}`, '')
    await others.exec()
    await Promise.all(Array.from({ length: 2_500 }, (_, index) => store.claim(claimRequest(`${index}`, 'a'))))
    const keys = (await recordsOf(store.list())).map(({ key }) => Number(key)).sort((a, b) => a - b)
    expect(keys).toEqual(Array.from({ length: 2_500 }, (_, index) => index))
    expect(await store.count()).toMatchObject({ claimed: 2_500, free: 0 })
  })

  test('returns each key once, even if a scan or several nodes return it more often', async () => {
    const twice: SendCommand = async (command, key) => {
      const answer = await send(command, key)
      if (command[0] !== 'SCAN') return answer
      const [cursor, keys] = answer as [string, string[]]
      return [cursor, [...keys, ...keys]]
    }
    const store = redisStore({ client: twice, masters: () => [twice, twice] })
    await store.claim(claimRequest('a', 'a'))
    await store.claim(claimRequest('b', 'a'))
    expect((await recordsOf(store.list())).map(({ key }) => key).sort()).toEqual(['a', 'b'])
    expect(await store.count()).toMatchObject({ claimed: 2 })
  })

  test('asks every node that the passed function names', async () => {
    const asked: string[] = []
    const node =
      (name: string): SendCommand =>
      async (command, key) => {
        asked.push(name)
        return send(command, key)
      }
    const store = redisStore({ client: send, masters: async () => [node('one'), node('two')] })
    await store.count()
    expect(asked).toEqual(['one', 'two'])
    const lost = redisStore({ client: send, masters: () => [] })
    await expect(lost.count()).rejects.toMatchObject(storeFailed)
  })

  test('a clock that was set back makes no record newer than now', async () => {
    await redis.set('countersign:a', `failed 1 ${Date.now() + 3_600_000} 0 - - -`)
    expect(await recordsOf(redisStore({ client: redis }).list())).toMatchObject([
      { key: 'a', state: 'failed', attempts: 1, leaseLeftMs: undefined, sinceMs: 0 },
    ])
  })

  test('leaves out records that are forgotten meanwhile', async () => {
    const store = redisStore({ client: redis })
    await Promise.all(['a', 'b', 'c'].map((key) => store.claim(claimRequest(key, 'a'))))
    const forgetting: SendCommand = async (command, key) => {
      const answer = await send(command, key)
      if (command[0] === 'SCAN') await store.forget({ key: 'b', force: true })
      return answer
    }
    const listed = await recordsOf(redisStore({ client: forgetting }).list())
    expect(listed.map(({ key }) => key).sort()).toEqual(['a', 'c'])
  })
})

async function recordsOf(list: AsyncIterable<DeliveryRecord>): Promise<readonly DeliveryRecord[]> {
  const records: DeliveryRecord[] = []
  for await (const record of list) records.push(record)
  return records
}
