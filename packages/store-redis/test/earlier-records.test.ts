import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readAll } from '../../../test/support/read-all.js'
import { claimRequest, completeRequest } from '../../../test/support/store-requests.js'
import { redisStore } from '../src/index.js'
import { noRedis } from './support/needs-redis.js'
import { type StartedRedis, startRedis } from './support/start-redis.js'

const signedAt = Date.UTC(2026, 0, 15)
const far = '9000000000000000'

describe.skipIf(noRedis)('a record without a signed timestamp, as an earlier version wrote it', () => {
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

  const claim = (key: string, token: string, attemptedAt?: number) =>
    redisStore({ client: redis }).claim(claimRequest(key, token, { leaseMs: 1, attemptedAt }))

  test.each([
    [`free 3 0 ${far} - - -`, { state: 'claimed', attempts: 4 }],
    [`failed 3 1 ${far} - - -`, { state: 'failed', attempts: 4 }],
    [`claimed 3 1 ${far} hold owner -`, { state: 'held', attempts: 4 }],
    [`claimed 3 ${far} ${far} - owner -`, { state: 'in-progress', attempts: 3 }],
    ['done 3 0 86400000 - owner body', { state: 'completed', attempts: 4, sameFingerprint: true }],
  ])('%s is claimed', async (value, expected) => {
    await redis.set('countersign:event', value, 'PX', 86_400_000)
    for (const token of ['first', 'copy']) {
      expect(await claim('event', token, signedAt)).toMatchObject(expected)
      if (expected.state === 'claimed') await redisStore({ client: redis }).release({ key: 'event', token })
    }
  })

  test('is listed with its counted attempts, without event and code', async () => {
    await redis.set('countersign:event', `failed 3 1 ${far} - - - ${signedAt}`)
    const store = redisStore({ client: redis })
    const noted = { state: 'failed', event: undefined, lastCode: undefined }
    const list = () => readAll(store.list())
    expect(await list()).toMatchObject([{ ...noted, attempts: 3, copies: 0 }])
    await claim('event', 'copy', signedAt)
    await claim('event', 'later', signedAt + 1)
    expect(await list()).toMatchObject([{ ...noted, attempts: 3, copies: 2 }])
    await redis.set('countersign:event', `free 3 0 ${far} - - - ${signedAt}`)
    expect(await readAll(store.list({ states: ['free'] }))).toMatchObject([
      { attempts: 3, copies: 0, lastCode: undefined, sinceMs: undefined },
    ])
    await claim('event', 'copy', signedAt)
    await store.release({ key: 'event', token: 'copy', code: 'ERR_WEBHOOK_HANDLER_FAILED' })
    expect(await redis.get('countersign:event')).toMatch(
      new RegExp(`^free 3 \\d+ ${far} - - - ${signedAt} - ERR_WEBHOOK_HANDLER_FAILED 4$`),
    )
  })

  test('with a live lease is completed by its owner, with and without a signed timestamp', async () => {
    for (const ending of ['', ` ${signedAt}`]) {
      await redis.set('countersign:event', `fresh 1 30000 86400000 - owner -${ending}`, 'PX', 86_400_000)
      expect(await redisStore({ client: redis }).complete(completeRequest('event', 'owner'))).toBe(true)
      expect(await redis.get('countersign:event')).toBe(`done 1 0 86400000 - owner body${ending}`)
    }
  })
})
