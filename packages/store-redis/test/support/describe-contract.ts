import { testStore } from '@countersign/conformance'
import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { type RedisClient, redisStore } from '../../src/index.js'
import { answerRubbish, neverAnswer } from './broken-clients.js'
import { deserialising } from './deserialising.js'
import { noRedis } from './needs-redis.js'
import { type StartedRedis, startRedis } from './start-redis.js'

interface Connected {
  readonly client: RedisClient
  readonly end: () => unknown
}

const nowhere = { host: '127.0.0.1', port: 1 }

const clients = {
  ioredis: async (port: number): Promise<Connected> => {
    const client = new Redis(port)
    return { client, end: () => client.disconnect() }
  },
  'node-redis': async (port: number): Promise<Connected> => {
    const client = await createClient({ url: `redis://127.0.0.1:${port}` }).connect()
    return { client, end: () => client.destroy() }
  },
  'a function that parses replies': async (port: number): Promise<Connected> => {
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

/** The store contract over one of the clients. */
export function describeContract(name: keyof typeof clients): void {
  const connect = clients[name]
  describe.skipIf(noRedis)(`over ${name}`, () => {
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
}
