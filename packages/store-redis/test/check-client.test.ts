import { Redis } from 'ioredis'
import { createClient, RESP_TYPES } from 'redis'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { claimRequest, completeRequest, storeFailed } from '../../../test/support/store-requests.js'
import { redisStore, type SendCommand } from '../src/index.js'
import { noRedis } from './support/needs-redis.js'
import { type StartedRedis, startRedis } from './support/start-redis.js'

const granted = ['set', 'get', 'del', 'pttl', 'time', 'scan', 'eval', 'evalsha']

describe.skipIf(noRedis)('before its first claim, a store checks that', () => {
  let server: StartedRedis
  let admin: Redis
  beforeAll(async () => {
    server = await startRedis()
    admin = new Redis(server.port)
  })
  afterEach(() => admin.flushall())
  afterAll(async () => {
    admin.disconnect()
    await server.stop()
  })

  async function connectAs(commands: readonly string[], keys = '~countersign:*'): Promise<Redis> {
    const rights = commands.map((command) => `+${command}`)
    await admin.call('ACL', ['SETUSER', 'receiver', 'reset', 'on', '>password', keys, ...rights])
    return new Redis({
      port: server.port,
      username: 'receiver',
      password: 'password',
      enableReadyCheck: false,
    })
  }

  test.each(granted.filter((command) => command !== 'scan'))(
    'its user may run %s; otherwise no claim is granted, and the error says what to grant',
    async (missing) => {
      // Another user's store has made the server know all scripts.
      await redisStore({ client: admin }).claim(claimRequest('other', 'a'))
      const redis = await connectAs(granted.filter((command) => command !== missing))
      const store = redisStore({ client: redis })
      for (let attempt = 0; attempt < 2; attempt++) {
        const claiming = store.claim(claimRequest('event', 'a'))
        await expect(claiming).rejects.toMatchObject(storeFailed)
        await expect(claiming).rejects.toThrow('Grant its user')
        expect(await admin.keys('countersign:*')).toEqual(['countersign:other'])
      }
      // When it is granted, the store goes on with the next claim.
      await admin.call('ACL', ['SETUSER', 'receiver', `+${missing}`])
      expect(await store.claim(claimRequest('event', 'a'))).toEqual({ state: 'claimed', attempts: 1 })
      expect(await store.complete(completeRequest('event', 'a'))).toBe(true)
      redis.disconnect()
    },
  )

  test('its user may have the keys of its prefix', async () => {
    const redis = await connectAs(granted, '~another:*')
    const claiming = redisStore({ client: redis }).claim(claimRequest('event', 'a'))
    await expect(claiming).rejects.toThrow("the keys under the store's prefix")
    redis.disconnect()
  })

  test('these rights are enough, and only records remain', async () => {
    const redis = await connectAs(granted)
    const store = redisStore({ client: redis })
    expect(await Promise.all(['a', 'b'].map((key) => store.claim(claimRequest(key, 'token'))))).toHaveLength(
      2,
    )
    expect(await store.release({ key: 'a', token: 'token' })).toBe('released')
    expect(await store.complete(completeRequest('b', 'token'))).toBe(true)
    expect(await store.count()).toMatchObject({ free: 1, completed: 1 })
    expect((await admin.keys('*')).sort()).toEqual(['countersign:a', 'countersign:b'])
    redis.disconnect()
  })

  test('its client returns strings, and not Buffers as with a type mapping', async () => {
    const client = await createClient({
      url: `redis://127.0.0.1:${server.port}`,
      commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
    }).connect()
    const claiming = redisStore({ client: client as never }).claim(claimRequest('event', 'a'))
    await expect(claiming).rejects.toMatchObject(storeFailed)
    await expect(claiming).rejects.toThrow('strings as strings')
    expect(await admin.keys('*')).toEqual([])
    client.destroy()
  })

  test.each<[string, (reply: unknown) => unknown]>([
    ['gives its replies in a list', (reply) => [reply]],
    ['gives undefined for nil', (reply) => reply ?? undefined],
    ['gives false for nil', (reply) => reply ?? false],
    ['gives Buffers', (reply) => (typeof reply === 'string' ? Buffer.from(reply) : reply)],
    ['says OK to everything', () => 'OK'],
  ])('its client is not one that %s', async (_, change) => {
    const client: SendCommand = async ([name, ...args]) => change(await admin.call(name, args))
    await expect(redisStore({ client }).claim(claimRequest('event', 'a'))).rejects.toMatchObject(storeFailed)
    expect(await admin.keys('*')).toEqual([])
  })

  test('only once, and after that a first claim is one command', async () => {
    const sent: string[] = []
    const client: SendCommand = async ([name, ...args]) => {
      sent.push(name)
      return admin.call(name, args)
    }
    const store = redisStore({ client })
    await Promise.all(Array.from({ length: 20 }, (_, index) => store.claim(claimRequest(`${index}`, 'a'))))
    expect(sent.slice(0, 3).sort()).toEqual(['EVAL', 'EVALSHA', 'SET'])
    expect(sent.slice(3)).toEqual(Array.from({ length: 20 }, () => 'SET'))
  })
})
