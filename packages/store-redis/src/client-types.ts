/**
 * Sends one command and resolves to the server's reply, unchanged: strings, `null`, arrays. It rejects with an error
 * whose message is the server's.
 *
 * @param command name and arguments: `['SET', 'key', 'value']`
 * @param key the only key of the command, to route by; '' for `SCAN`, which has none
 */
export type SendCommand = (command: readonly [string, ...string[]], key: string) => Promise<unknown>

/** ioredis 5 and 6: `new Redis()`. */
export interface IoredisClient {
  call(command: string, args: string[]): Promise<unknown>
}

/** ioredis 5 and 6: `new Redis.Cluster()`. */
export interface IoredisCluster extends IoredisClient {
  nodes(role: 'master'): readonly IoredisClient[]
}

/** node-redis 4, 5 and 6: `createClient()`; 5 and 6: `createClientPool()`. */
export interface NodeRedisClient {
  sendCommand(args: string[]): Promise<unknown>
}

/** node-redis 4, 5 and 6: `createCluster()`. */
export interface NodeRedisCluster {
  sendCommand(firstKey: string, isReadonly: boolean, args: string[]): Promise<unknown>
  readonly masters: readonly unknown[]
  nodeClient(node: never): unknown
}

/** What `redisStore` takes as `client`. You connect it, listen for its errors and close it. */
export type RedisClient = IoredisClient | IoredisCluster | NodeRedisClient | NodeRedisCluster | SendCommand
