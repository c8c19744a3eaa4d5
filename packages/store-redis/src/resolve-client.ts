import { refuseStoreOption } from '@countersign/core/stores'
import type {
  IoredisClient,
  IoredisCluster,
  NodeRedisClient,
  NodeRedisCluster,
  RedisClient,
  SendCommand,
} from './client-types.js'

/** The user's client behind one interface. */
export interface RedisConnection {
  readonly send: SendCommand
  /** Finds a function for each node that holds keys of its own. */
  readonly masters: () => Promise<readonly SendCommand[]>
  /** What the client itself puts before the keys of a command. A scan returns keys with it. */
  readonly keyPrefix: string
}

/**
 * Recognizes a client by its methods, since an `instanceof` would need the packages of all clients.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` for a client it does not recognize
 */
export function resolveClient(
  client: RedisClient,
  masters: (() => readonly SendCommand[] | Promise<readonly SendCommand[]>) | undefined,
): RedisConnection {
  if (typeof client === 'function') {
    return { send: client, masters: async () => (masters ? await masters() : [client]), keyPrefix: '' }
  }
  if (masters !== undefined) refuse('masters is only for a client that is a function; omit it')
  if (isObject(client)) {
    if (has(client, 'call')) return overIoredis(client as IoredisClient | IoredisCluster)
    if (has(client, 'getSentinelNode')) {
      refuse(
        'client is a sentinel of node-redis; pass (command) => sentinel.sendCommand(false, [...command])',
      )
    }
    if (has(client, 'sendCommand')) return overNodeRedis(client as NodeRedisClient | NodeRedisCluster)
  }
  return refuse(
    'client must be a client of ioredis or node-redis, or a function that sends a command: (command, key) => Promise',
  )
}

function overIoredis(client: IoredisClient | IoredisCluster): RedisConnection {
  const send = sendByCall(client)
  const { options } = client as { readonly options?: { readonly keyPrefix?: unknown } }
  const keyPrefix = typeof options?.keyPrefix === 'string' ? options.keyPrefix : ''
  if (!isIoredisCluster(client)) return { send, masters: async () => [send], keyPrefix }
  const masters = async () => {
    // It knows no nodes until it is connected; any command connects it.
    if (client.nodes('master').length === 0) await client.call('PING', [])
    return client.nodes('master').map(sendByCall)
  }
  return { send, masters, keyPrefix }
}

function overNodeRedis(client: NodeRedisClient | NodeRedisCluster): RedisConnection {
  if (!isNodeRedisCluster(client)) {
    const send = sendByArguments(client)
    return { send, masters: async () => [send], keyPrefix: '' }
  }
  return {
    send: (command, key) => client.sendCommand(key, false, command as unknown as string[]),
    masters: async () => {
      const nodes = await Promise.all(client.masters.map((node) => client.nodeClient(node as never)))
      return nodes.map((node) => sendByArguments(node as NodeRedisClient))
    },
    keyPrefix: '',
  }
}

function sendByCall(client: IoredisClient): SendCommand {
  return ([name, ...args]) => client.call(name, args)
}

function sendByArguments(client: NodeRedisClient): SendCommand {
  // Despite its types, node-redis does not change the list, and copying it for each command would cost.
  return (command) => client.sendCommand(command as unknown as string[])
}

function isIoredisCluster(client: IoredisClient | IoredisCluster): client is IoredisCluster {
  return has(client, 'nodes')
}

function isNodeRedisCluster(client: NodeRedisClient | NodeRedisCluster): client is NodeRedisCluster {
  return has(client, 'nodeClient')
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function has(client: object, method: string): boolean {
  return typeof (client as Record<string, unknown>)[method] === 'function'
}

function refuse(problem: string): never {
  return refuseStoreOption('redisStore', problem)
}
