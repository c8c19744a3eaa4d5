import { exploreClaims } from '@countersign/conformance'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { redisStore, type SendCommand } from '../src/index.js'
import { aging } from './support/aging.js'
import { noRedis } from './support/needs-redis.js'
import { type StartedRedis, startRedis } from './support/start-redis.js'

const day = 86_400_000
const request = { token: 'token', fingerprint: 'body', leaseMs: 30_000, retentionMs: day, hold: false }
const ofA = { key: 'a', token: 'token' }

describe.skipIf(noRedis)('with the clock of the server', () => {
  let server: StartedRedis
  let redis: Redis
  let send: SendCommand
  beforeAll(async () => {
    server = await startRedis()
    redis = new Redis(server.port)
    send = ([name, ...args]) => redis.call(name, args)
  })
  afterAll(async () => {
    redis.disconnect()
    await server.stop()
  })

  // Every first claim is a plain SET here, and most completions take the short way.
  test('every history of an event is answered as the contract requires', { timeout: 120_000 }, async () => {
    let histories = 0
    const { states } = await exploreClaims({
      attempts: 2,
      workers: 1,
      faults: 0,
      // Far more than a history takes, so that the time that really passes makes no difference.
      stepMs: 600_000,
      createStore: ({ now }) => redisStore({ client: aging(send, now), prefix: `${histories++}:` }),
    })
    expect(states).toBeGreaterThan(500)
  })

  test.each([
    { what: 'a claim', expires: true, make: async () => {} },
    {
      what: 'a claim that was extended',
      expires: true,
      make: () => store().extend({ ...ofA, leaseMs: 1_000 }),
    },
    { what: 'a completion', expires: true, make: () => complete() },
    {
      what: 'a completion after an extension',
      expires: true,
      make: () =>
        store()
          .extend({ ...ofA, leaseMs: 5 })
          .then(complete),
    },
    { what: 'a release', expires: true, make: () => store().release(ofA) },
    { what: 'acked work', expires: false, make: () => store().acknowledge(ofA) },
    { what: 'a failure', expires: false, make: () => store().fail(ofA) },
  ])('Redis forgets $what after its retention, or never: $expires', async ({ expires, make }) => {
    await redis.flushall()
    await store().claim({ key: 'a', ...request })
    await make()
    const left = await redis.pttl('countersign:a')
    if (!expires) return expect(left).toBe(-1)
    expect(left).toBeGreaterThan(day - 10_000)
    expect(left).toBeLessThanOrEqual(day)
  })

  test('a record that is claimed with hold never expires', async () => {
    await redis.flushall()
    await store().claim({ key: 'a', ...request, hold: true })
    expect(await redis.pttl('countersign:a')).toBe(-1)
    await store().complete({ ...ofA, fingerprint: 'body', retentionMs: 1_000, acceptanceMs: 0 })
    expect(await redis.pttl('countersign:a')).toBeGreaterThan(day - 10_000)
  })

  test('a lease longer than the retention keeps its record', async () => {
    await redis.flushall()
    await store().claim({ key: 'a', ...request, leaseMs: day, retentionMs: 10 })
    expect(await redis.pttl('countersign:a')).toBeGreaterThan(day - 10_000)
    expect(await store().claim({ key: 'a', ...request, token: 'other' })).toMatchObject({
      state: 'in-progress',
    })
  })

  test.each([0, 0.25, 1e-9, 1.5, 2 ** 53, 1e300])('accepts %s ms for a lease and a retention', async (ms) => {
    await redis.flushall()
    const claimed = { state: 'claimed', attempts: 1 }
    expect(await store().claim({ key: 'a', ...request, leaseMs: ms, retentionMs: ms })).toEqual(claimed)
    expect(await store().claim({ key: 'b', ...request, leaseMs: ms, retentionMs: ms, hold: true })).toEqual(
      claimed,
    )
    expect(await store().complete({ ...ofA, fingerprint: 'body', retentionMs: ms, acceptanceMs: ms })).toBe(
      true,
    )
  })

  test('a SET that is sent again after a lost connection finds its own claim', async () => {
    await redis.flushall()
    let sent = 0
    const resending: SendCommand = async (command, key) => {
      const answer = await send(command, key)
      if (key === 'countersign:a') sent++
      return command[0] === 'SET' ? send(command, key) : answer
    }
    const claimed = await redisStore({ client: resending }).claim({ key: 'a', ...request })
    expect(claimed).toEqual({ state: 'claimed', attempts: 1 })
    expect(sent).toBe(2)
  })

  function store() {
    return redisStore({ client: redis })
  }

  function complete() {
    return store().complete({ ...ofA, fingerprint: 'body', retentionMs: day, acceptanceMs: 0 })
  }
})
