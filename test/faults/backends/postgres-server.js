import { execFileSync, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { doAtExit, endAtExit, removeAtExit, removeFolder } from '../cleanup.js'
import { endProcess } from '../end-process.js'
import { findBinary } from './find-binary.js'
import { freePort } from './free-port.js'
import { pollUntil } from './poll-until.js'

/** @typedef {Exclude<Awaited<ReturnType<typeof startPostgresServer>>, string>} PostgresServer */

/**
 * Starts a separate PostgreSQL server with default settings.
 *
 * @returns the server, or a text that says what is missing
 */
export async function startPostgresServer() {
  const initdb = findBinary('initdb')
  const binary = findBinary('postgres')
  if (!initdb || !binary) return 'initdb or postgres is not installed'
  const user = serverUser()
  if (user === undefined) return 'PostgreSQL does not run as root, and this machine has no user postgres'
  const folder = mkdtempSync(join(tmpdir(), 'countersign-faults-postgres-'))
  removeAtExit(folder)
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const port = await freePort()
  const url = `postgres://faults@127.0.0.1:${port}/postgres`
  execFileSync(initdb, ['-D', data, '-U', 'faults', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C'], {
    ...user,
    stdio: 'ignore',
    cwd: folder,
  })
  const args = ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1']

  const isReady = async () => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.query('SELECT 1')
      return true
    } finally {
      await client.end().catch(() => {})
    }
  }
  const start = async () => {
    let child = endAtExit(spawn(binary, args, { ...user, stdio: 'ignore', cwd: folder }))
    await pollUntil('PostgreSQL answers', async () => {
      if (child.exitCode !== null || child.signalCode !== null) {
        // Child processes of the killed server may still hold its shared memory.
        await sleep(50)
        child = endAtExit(spawn(binary, args, { ...user, stdio: 'ignore', cwd: folder }))
      }
      return isReady()
    })
    return child
  }
  let server = await start()

  return {
    url,
    /**
     * @param {NodeJS.Signals} signal SIGKILL, or SIGQUIT for PostgreSQL's own immediate shutdown
     * @param {number} downMs
     */
    async restart(signal, downMs) {
      await endProcess(server, signal)
      await sleep(downMs)
      server = await start()
    },
    /** @param {number} forMs */
    async freeze(forMs) {
      const stopped = childrenOf(server.pid ?? 0).filter((pid) => signalTo(pid, 'SIGSTOP'))
      // A stopped process does not exit even when its server does.
      const goOn = doAtExit(() => {
        for (const pid of stopped) signalTo(pid, 'SIGCONT')
      })
      await sleep(forMs)
      goOn()
    },
    async stop() {
      await endProcess(server, 'SIGQUIT')
      removeFolder(folder)
    },
  }
}

/**
 * PostgreSQL refuses to run as root.
 *
 * @returns {{ uid?: undefined } | { uid: number, gid: number } | undefined}
 */
function serverUser() {
  if (process.getuid?.() !== 0) return {}
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((user) => user.startsWith('postgres:'))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) }
}

/**
 * @param {number} pid
 * @returns {number[]}
 */
function childrenOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    return text === '' ? [] : text.split(' ').map(Number)
  } catch {
    return []
  }
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalTo(pid, signal) {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
