import { checkedClock, refuseStoreOption } from '@countersign/core/stores'
import type { RedisClient, SendCommand } from './client-types.js'
import { type RedisConnection, resolveClient } from './resolve-client.js'

/** Options of {@link redisStore}. */
export interface RedisStoreOptions {
  /**
   * A client of ioredis or node-redis, for one server or a cluster, or a function that sends a command:
   *
   * - Upstash: `(command) => redis.exec([...command])`
   * - Bun: `([name, ...args]) => redis.send(name, args)`
   * - Valkey GLIDE: `(command) => client.customCommand([...command])`
   */
  readonly client: RedisClient
  /** What every key begins with. No other keys may begin with it. Default `countersign:`. */
  readonly prefix?: string
  /**
   * For a client that is a function over several nodes: returns a function for each master, with which `list` and `count` find
   * keys. Default: they use the client as it is.
   */
  readonly masters?: () => readonly SendCommand[] | Promise<readonly SendCommand[]>
  /**
   * Milliseconds, for tests: every decision goes by it then. Default: the server's clock, which is the same for all
   * receivers. All stores over the same records must agree on it.
   */
  readonly now?: () => number
}

/** What the parts of a store share. */
export interface RedisSettings {
  readonly connection: RedisConnection
  readonly prefix: string
  readonly now: (() => number) | undefined
}

/** @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` */
export function readOptions({
  client,
  prefix = 'countersign:',
  masters,
  now,
}: RedisStoreOptions): RedisSettings {
  if (typeof prefix !== 'string' || prefix === '') {
    refuseStoreOption(
      'redisStore',
      "prefix must be text such as 'countersign:', so that the store finds its own keys among others",
    )
  }
  return {
    connection: resolveClient(client, masters),
    prefix,
    now: now && checkedClock('redis', now),
  }
}
