import type {
  ClaimRequest,
  ClaimResult,
  CompleteRequest,
  DeliveryRecord,
  FailRequest,
  InspectableStore,
  ListOptions,
  OwnedKey,
  RecordCounts,
  ReleaseRequest,
  ReleaseResult,
} from '@countersign/core/stores'
import { RedisInspection } from './inspection.js'
import { type RedisStoreOptions, readOptions } from './options.js'
import { RedisRecords } from './records.js'
import { ScriptRunner } from './scripts/script-runner.js'

/** A dedupe store in Redis or Valkey; see {@link redisStore}. */
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
  /** Scans every master, and holds the keys it has seen in memory until it ends. */
  list(options?: ListOptions): AsyncIterable<DeliveryRecord>
  /** Reads every record, as `list` does. */
  count(): Promise<RecordCounts>
}

/**
 * Creates a dedupe store in Redis 6.2 or later, Valkey or a Redis Cluster. Each delivery is one key, which one command or one
 * Lua script changes by the server's clock. The store forgets what Redis forgets (evicted, not yet on disk, not yet on the
 * replica that took over): docs/stores/redis.md lists the settings that prevent it.
 *
 * Every operation rejects with DedupeStoreError `ERR_WEBHOOK_STORE_UNAVAILABLE` when Redis or the client fails, and when a
 * value or a reply is not one of the store's.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` for a client it cannot use or a wrong option
 *
 * @example
 * ```ts
 * import { redisStore } from '@countersign/store-redis'
 * import { Redis } from 'ioredis'
 *
 * const redis = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379')
 * const store = redisStore({ client: redis })
 * ```
 */
export function redisStore(options: RedisStoreOptions): RedisStore {
  const settings = readOptions(options)
  const runner = new ScriptRunner(settings)
  const records = new RedisRecords(runner, settings)
  const inspection = new RedisInspection(runner, settings)

  return {
    name: 'redis',
    shared: true,
    claim: (request) => records.claim(request),
    extend: (request) => records.extend(request),
    acknowledge: (request) => records.acknowledge(request),
    complete: (request) => records.complete(request),
    release: (request) => records.release(request),
    fail: (request) => records.fail(request),
    forget: (request) => records.forget(request),
    list: (options) => inspection.list(options),
    count: () => inspection.count(),
  }
}
