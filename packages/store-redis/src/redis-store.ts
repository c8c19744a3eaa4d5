import { WebhookConfigurationError } from '@countersign/core'
import {
  type ClaimRequest,
  type ClaimResult,
  type CompleteRequest,
  checkedClock,
  type DeliveryRecord,
  type FailRequest,
  type InspectableStore,
  type ListOptions,
  type OwnedKey,
  type RecordCounts,
  type ReleaseRequest,
  type ReleaseResult,
} from '@countersign/core/stores'
import type { RedisClient, SendCommand } from './redis-client.js'
import { RedisRecords } from './redis-records.js'
import { resolveClient } from './resolve-client.js'

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
  /** Stands before every key. Nothing else may have keys that begin so. Default `countersign:`. */
  readonly prefix?: string
  /**
   * For a client that is a function over several nodes: a function for each master, with which `list` and `count` find
   * keys. Default: the client is asked as it is.
   */
  readonly masters?: () => readonly SendCommand[] | Promise<readonly SendCommand[]>
  /**
   * Milliseconds, for tests: every decision goes by it then. Default: the server's clock, which is the same for all
   * receivers. All stores over the same records must agree on it.
   */
  readonly now?: () => number
}

/** A {@link InspectableStore} in Redis or Valkey. */
export interface RedisStore extends InspectableStore {
  readonly name: 'redis'
  readonly shared: true
  claim(request: ClaimRequest): Promise<ClaimResult>
  extend(request: OwnedKey & { readonly leaseMs: number }): Promise<boolean>
  acknowledge(request: OwnedKey): Promise<boolean>
  complete(request: CompleteRequest): Promise<boolean>
  release(request: ReleaseRequest): Promise<ReleaseResult>
  fail(request: FailRequest): Promise<boolean>
  forget(request: { readonly key: string; readonly force?: boolean }): Promise<boolean>
  /** Every master is scanned; the keys it has seen are held in memory until it ends. */
  list(options?: ListOptions): AsyncIterable<DeliveryRecord>
  /** Reads every record, as `list` does. */
  count(): Promise<RecordCounts>
}

/**
 * Remembers deliveries in Redis 6.2 or later, Valkey or a Redis Cluster: one key each, changed only by one command or one Lua
 * script, by the server's clock. What Redis itself forgets (evicted, not yet on disk, not yet on the replica that
 * took over) is forgotten: docs/stores/redis.md says what to set.
 *
 * Every operation rejects with DedupeStoreError `ERR_WEBHOOK_STORE_UNAVAILABLE` where Redis fails, and where a value
 * or a reply is not what it must be.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` where an option is not what it must be
 */
export function redisStore(options: RedisStoreOptions): RedisStore {
  const { client, prefix = 'countersign:', masters, now } = options
  if (typeof prefix !== 'string' || prefix === '') {
    throw new WebhookConfigurationError(
      'ERR_WEBHOOK_OPTION_INVALID',
      "redisStore: prefix must be text, as 'countersign:', so that its keys can be told from others",
    )
  }
  return new RedisRecords(resolveClient(client, masters), prefix, now && checkedClock('redis', now))
}
