export type {
  IoredisClient,
  IoredisCluster,
  NodeRedisClient,
  NodeRedisCluster,
  RedisClient,
  SendCommand,
} from './client-types.js'
export type { RedisStoreOptions } from './options.js'
export { type RedisStore, redisStore } from './redis-store.js'
