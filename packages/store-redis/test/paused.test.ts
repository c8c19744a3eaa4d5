import { webhook } from '@countersign/core/fetch'
import { visibuild } from '@countersign/core/schemes'
import { createSender } from '@countersign/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { redisStore } from '../src/index.js'
import { noRedis } from './support/needs-redis.js'
import { pollUntil } from './support/poll-until.js'
import { type StartedRedis, startRedis } from './support/start-redis.js'

const secret = 'visibuild-secret-for-the-store-32'
const sender = createSender({ scheme: visibuild(), secret })

describe.skipIf(noRedis)('a Redis that is paused', () => {
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

  test('leads to a 503 in time, and late claims are released', async () => {
    let runs = 0
    const store = redisStore({ client: redis })
    const receive = webhook(
      { endpoint: 'tickets', scheme: visibuild(), secret, store, storeTimeoutMs: 200 },
      () => {
        runs++
      },
    )
    const { url, method, headers, body } = sender.sign({ url: 'http://127.0.0.1/webhooks/visibuild' })
    const deliver = () =>
      receive(new Request(url, { method, headers: headers.map(([name, value]) => [name, value]), body }))

    server.pause()
    const before = performance.now()
    const refused = await deliver()
    expect(performance.now() - before).toBeLessThan(5_000)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).not.toBeNull()
    expect(runs).toBe(0)

    server.resume()
    // The claim comes through after all, and goes back: else the sender would find it in progress for a whole lease.
    await pollUntil(async () => (await store.count()).free === 1)
    expect((await deliver()).status).toBe(200)
    expect((await deliver()).status).toBe(200)
    expect(runs).toBe(1)
  })
})
