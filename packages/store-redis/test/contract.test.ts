import { testStore } from '@countersign/conformance'
import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { type RedisClient, redisStore } from '../src/index.js'
import { answerRubbish, neverAnswer } from './support/broken-clients.js'
import { deserialising } from './support/deserialising.js'
import { noRedis } from './support/needs-redis.js'
import { type StartedRedis, startRedis } from './support/start-redis.js'

interface Connected {
  readonly client: RedisClient
  readonly end: () => unknown
}

const nowhere = { host: '127.0.0.1', port: 1 }

const clients: Readonly<Record<string, (port: number) => Promise<Connected>>> = {
  ioredis: async (port) => {
    const client = new Redis(port)
    return { client, end: () => client.disconnect() }
  },
  'node-redis': async (port) => {
    const client = await createClient({ url: `redis://127.0.0.1:${port}` }).connect()
    return { client, end: () => client.destroy() }
  },
  'a function that parses replies': async (port) => {
    const client = await createClient({ url: `redis://127.0.0.1:${port}` }).connect()
    return { client: deserialising((command) => client.sendCommand(command)), end: () => client.destroy() }
  },
}

const broken = {
  rubbish: async () => ({ client: answerRubbish(), end: () => {} }),
  silent: async () => ({ client: neverAnswer, end: () => {} }),
  down: async () => {
    const client = new Redis({ ...nowhere, lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: null })
    client.on('error', () => {})
    return { client, end: () => client.disconnect() }
  },
}

describe.skipIf(noRedis).each(Object.entries(clients))('over %s', (name, connect) => {
  testStore({
    name: `Redis over ${name}`,
    test,
    beforeAll,
    afterAll,
    exploration: { attempts: name === 'ioredis' ? 2 : 1 },
    start: async () => {
      const server: StartedRedis = await startRedis()
      const connected = await connect(server.port)
      const ends = [connected.end]
      return {
        createStore: ({ space, clock }) =>
          redisStore({ client: connected.client, prefix: `${space}:`, ...(clock && { now: clock.now }) }),
        createBrokenStore: async (fault) => {
          const { client, end } = await broken[fault]()
          ends.push(end)
          return redisStore({ client })
        },
        stop: async () => {
          for (const end of ends) end()
          await server.stop()
        },
      }
    },
  })
})
