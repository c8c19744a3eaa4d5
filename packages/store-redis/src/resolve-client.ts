import { WebhookConfigurationError } from '@countersign/core'
import type {
  IoredisClient,
  IoredisCluster,
  NodeRedisClient,
  NodeRedisCluster,
  RedisClient,
  SendCommand,
} from './redis-client.js'

/** A client, whichever it is. */
export interface Connection {
  readonly send: SendCommand
  /** How to reach each node that holds keys of its own. */
  readonly masters: () => Promise<readonly SendCommand[]>
  /** What the client itself puts before the keys of a command; a scan sees it. */
  readonly keyPrefix: string
}

/** @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` */
export function resolveClient(
  client: RedisClient,
  masters: (() => readonly SendCommand[] | Promise<readonly SendCommand[]>) | undefined,
): Connection {
  if (typeof client === 'function') {
    return { send: client, masters: async () => (masters ? await masters() : [client]), keyPrefix: '' }
  }
  if (masters !== undefined) refuse('masters is only for a client that is a function; leave it away')
  if (isObject(client)) {
    if (has(client, 'call')) return overIoredis(client as IoredisClient | IoredisCluster)
    if (has(client, 'getSentinelNode')) {
      refuse(
        'client is a sentinel of node-redis; give (command) => sentinel.sendCommand(false, [...command])',
      )
    }
    if (has(client, 'sendCommand')) return overNodeRedis(client as NodeRedisClient | NodeRedisCluster)
  }
  return refuse(
    'client must be a client of ioredis or node-redis, or a function that sends a command: (command, key) => Promise',
  )
}

function overIoredis(client: IoredisClient | IoredisCluster): Connection {
  const send = sendByCall(client)
  const { options } = client as { readonly options?: { readonly keyPrefix?: unknown } }
  const keyPrefix = typeof options?.keyPrefix === 'string' ? options.keyPrefix : ''
  if (!isIoredisCluster(client)) return { send, masters: async () => [send], keyPrefix }
  const masters = async () => {
    // Until it is connected it knows no nodes; any command makes it connect.
    if (client.nodes('master').length === 0) await client.call('PING', [])
    return client.nodes('master').map(sendByCall)
  }
  return { send, masters, keyPrefix }
}

function overNodeRedis(client: NodeRedisClient | NodeRedisCluster): Connection {
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
  // Its types do not say so, but it changes nothing in there, and a copy for each command costs.
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
  throw new WebhookConfigurationError('ERR_WEBHOOK_OPTION_INVALID', `redisStore: ${problem}`)
}
