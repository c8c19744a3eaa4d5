import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { pollUntil } from './poll-until.js'
import { type StartedRedis, startRedis } from './start-redis.js'

const run = promisify(execFile)

/** A Redis Cluster of a test's own. */
export interface StartedCluster {
  readonly ports: readonly number[]
  /** Moves a slot from the node that has it to another, with its keys, and informs both nodes but not their clients. */
  moveSlot(slot: number): Promise<void>
  stop(): Promise<void>
}

/** Three masters without replicas. */
export async function startCluster(): Promise<StartedCluster> {
  const settings = ['--cluster-enabled', 'yes']
  const nodes: StartedRedis[] = []
  for (let count = 0; count < 3; count++) nodes.push(await startRedis(settings))
  const ports = nodes.map(({ port }) => port)
  const stop = async () => void (await Promise.all(nodes.map((node) => node.stop())))
  try {
    const addresses = ports.map((port) => `127.0.0.1:${port}`)
    await run('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-yes'])
    for (const port of ports) {
      await pollUntil(async () => (await ask(port, 'CLUSTER', 'INFO')).includes('cluster_state:ok'))
    }
  } catch (error) {
    await stop()
    throw error
  }
  return {
    ports,
    stop,
    async moveSlot(slot) {
      const ids = await Promise.all(ports.map((port) => ask(port, 'CLUSTER', 'MYID')))
      const owner = (await Promise.all(ports.map((port) => ownsSlot(port, slot)))).indexOf(true)
      const [from, to] = [owner, (owner + 1) % ports.length] as const
      const [source, target] = [ports[from], ports[to]] as [number, number]
      await ask(target, 'CLUSTER', 'SETSLOT', `${slot}`, 'IMPORTING', `${ids[from]}`)
      await ask(source, 'CLUSTER', 'SETSLOT', `${slot}`, 'MIGRATING', `${ids[to]}`)
      const keys = (await ask(source, 'CLUSTER', 'GETKEYSINSLOT', `${slot}`, '100'))
        .split('\n')
        .filter(Boolean)
      if (keys.length > 0) {
        await ask(source, 'MIGRATE', '127.0.0.1', `${target}`, '', '0', '5000', 'KEYS', ...keys)
      }
      for (const port of [target, source])
        await ask(port, 'CLUSTER', 'SETSLOT', `${slot}`, 'NODE', `${ids[to]}`)
    },
  }
}

async function ask(port: number, ...command: readonly string[]): Promise<string> {
  const { stdout } = await run('redis-cli', ['-e', '-p', `${port}`, ...command])
  return stdout.trim()
}

async function ownsSlot(port: number, slot: number): Promise<boolean> {
  const mine = (await ask(port, 'CLUSTER', 'NODES')).split('\n').find((line) => line.includes('myself'))
  const ranges = (mine ?? '')
    .split(' ')
    .slice(8)
    .filter((range) => !range.startsWith('['))
  return ranges.some((range) => {
    const [first = -1, last = first] = range.split('-').map(Number)
    return slot >= first && slot <= last
  })
}
