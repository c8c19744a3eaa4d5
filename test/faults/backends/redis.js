import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { redisStore } from '@countersign/store-redis'
import { Redis } from 'ioredis'
import { endAtExit, removeAtExit, removeFolder } from '../cleanup.js'
import { endProcess } from '../end-process.js'
import { findBinary } from './find-binary.js'
import { freePort } from './free-port.js'
import { pollUntil } from './poll-until.js'

/**
 * Starts a separate Redis server that writes to disk before it confirms a command.
 *
 * @returns {Promise<import('../types.js').Backend | string>} or what is missing
 */
export async function startRedis() {
  const binary = findBinary('redis-server')
  if (!binary) return 'redis-server is not installed'
  const folder = mkdtempSync(join(tmpdir(), 'countersign-faults-redis-'))
  removeAtExit(folder)
  const port = await freePort()
  const files = ['--dir', folder, '--appendonly', 'yes', '--appendfsync', 'always', '--save', '']
  const net = ['--port', String(port), '--bind', '127.0.0.1', '--loglevel', 'warning']
  const start = async () => {
    const child = endAtExit(spawn(binary, [...net, ...files], { stdio: 'ignore' }))
    await pollUntil('Redis answers', async () => {
      if (child.exitCode !== null) throw new Error(`redis-server exited with ${child.exitCode}`)
      return isReady()
    })
    return child
  }
  const connect = () => {
    const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => null, lazyConnect: true })
    client.on('error', () => {})
    return client
  }
  const isReady = async () => {
    const client = connect()
    try {
      await client.connect()
      return (await client.ping()) === 'PONG'
    } finally {
      client.disconnect()
    }
  }
  let server = await start()
  return {
    settings: { port: String(port) },
    async prepare() {
      const client = connect()
      await client.flushall()
      client.disconnect()
    },
    async openStore() {
      const client = connect()
      return { store: redisStore({ client }), close: async () => client.disconnect() }
    },
    async readEffects() {
      return []
    },
    async restart(downMs) {
      await endProcess(server)
      await sleep(downMs)
      server = await start()
    },
    async slowDown(forMs) {
      server.kill('SIGSTOP')
      await sleep(forMs)
      server.kill('SIGCONT')
    },
    async stop() {
      await endProcess(server)
      removeFolder(folder)
    },
  }
}
