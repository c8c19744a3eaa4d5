import { testStore } from '@countersign/conformance'
import { Cluster } from 'ioredis'
import { createCluster } from 'redis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimRequest, completeRequest } from '../../../test/support/store-requests.js'
import { type RedisClient, redisStore } from '../src/index.js'
import { answerRubbish, neverAnswer } from './support/broken-clients.js'
import { noRedis } from './support/needs-redis.js'
import { type StartedCluster, startCluster } from './support/start-cluster.js'

const clients = {
  ioredis: async (ports: readonly number[]) => {
    const cluster = new Cluster(ports.map((port) => ({ host: '127.0.0.1', port })))
    const slotOf = (key: string) => cluster.cluster('KEYSLOT', key)
    return { client: cluster as RedisClient, slotOf, end: () => cluster.disconnect() }
  },
  'node-redis': async (ports: readonly number[]) => {
    const cluster = createCluster({ rootNodes: ports.map((port) => ({ url: `redis://127.0.0.1:${port}` })) })
    await cluster.connect()
    const slotOf = (key: string) => cluster.sendCommand(key, true, ['CLUSTER', 'KEYSLOT', key])
    return { client: cluster as RedisClient, slotOf, end: () => cluster.destroy() }
  },
}

describe.skipIf(noRedis)('over a cluster of three nodes', () => {
  let cluster: StartedCluster
  beforeAll(async () => {
    cluster = await startCluster()
  }, 30_000)
  afterAll(() => cluster.stop())

  describe.each(Object.entries(clients))('with %s', (name, connect) => {
    testStore({
      name: `a Redis Cluster over ${name}`,
      test,
      beforeAll,
      afterAll,
      exploration: { attempts: 1 },
      start: async () => {
        const { client, end } = await connect(cluster.ports)
        return {
          createStore: ({ space, clock }) =>
            redisStore({ client, prefix: `${space}:`, ...(clock && { now: clock.now }) }),
          createBrokenStore: (fault) =>
            redisStore({
              client:
                fault === 'rubbish'
                  ? answerRubbish()
                  : fault === 'silent'
                    ? neverAnswer
                    : async () => {
                        throw new Error('ECONNREFUSED')
                      },
            }),
          stop: end,
        }
      },
    })

    test('lists and counts the records of every node, each once', async () => {
      const { client, end } = await connect(cluster.ports)
      const store = redisStore({ client, prefix: `${name}:` })
      const keys = Array.from({ length: 100 }, (_, index) => `key ${index}`)
      await Promise.all(keys.map((key) => store.claim(claimRequest(key, 'a'))))
      const listed: string[] = []
      for await (const { key } of store.list()) listed.push(key)
      expect(listed.sort()).toEqual(keys.sort())
      expect(await store.count()).toMatchObject({ claimed: 100 })
      await end()
    })

    test('keeps working while a slot moves from one node to another', async () => {
      const { client, slotOf, end } = await connect(cluster.ports)
      const store = redisStore({ client, prefix: `moved ${name}:` })
      await store.claim(claimRequest('key', 'a'))
      await cluster.moveSlot(Number(await slotOf(`moved ${name}:key`)))
      expect(await store.claim(claimRequest('key', 'b'))).toMatchObject({ state: 'in-progress', attempts: 1 })
      expect(await store.complete(completeRequest('key', 'a'))).toBe(true)
      expect(await store.claim(claimRequest('key', 'b'))).toMatchObject({ state: 'completed', attempts: 2 })
      expect(await store.count()).toMatchObject({ completed: 1 })
      await end()
    })
  })
})
