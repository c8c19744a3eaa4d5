import { execFile, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { pollUntil } from './poll-until.js'

const run = promisify(execFile)
const programs = process.env.COUNTERSIGN_POSTGRES_BIN ?? '/usr/lib/postgresql/15/bin'

/** initdb refuses to run as root. */
const account = process.getuid?.() === 0 ? accountOf('postgres') : {}

/** For `describe.skipIf`: there is no server to start. */
export const noServerProgram = !existsSync(join(programs, 'initdb')) || account === undefined

if (noServerProgram) {
  const problem = `no initdb in ${programs}, or no user postgres to run it`
  if (process.env.COUNTERSIGN_REQUIRE_SERVICES === '1') throw new Error(problem)
  process.stdout.write(`SKIPPED: tests that restart PostgreSQL: ${problem}\n`)
}

/** A server of a test's own, with the durability that PostgreSQL has by default. */
export interface StartedPostgres {
  readonly url: string
  /** Ends all its processes at once, as a power failure would. */
  kill(): Promise<void>
  restart(): Promise<void>
  /** Ends it, and removes its files. */
  stop(): Promise<void>
}

export async function startPostgres(): Promise<StartedPostgres> {
  const folder = mkdtempSync('/tmp/countersign-postgres-')
  const data = join(folder, 'data')
  if (account?.uid !== undefined) chownSync(folder, account.uid, account.gid ?? 0)
  await run(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8'], account)
  const port = await findFreePort()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  let ended = Promise.resolve()

  const start = async () => {
    const settings = ['-D', data, '-p', `${port}`, '-h', '127.0.0.1', '-k', folder]
    const server = spawn(join(programs, 'postgres'), settings, { ...account, stdio: 'ignore' })
    ended = new Promise((resolve) => server.once('exit', () => resolve()))
    await pollUntil(() => answers(url), 30_000)
  }
  const kill = async () => {
    const [pid] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    // Its other processes go as soon as they see that it is gone.
    process.kill(Number(pid), 'SIGKILL')
    await ended
    await pollUntil(async () => !(await answers(url)))
  }
  const stop = async () => {
    await run(join(programs, 'pg_ctl'), ['stop', '-D', data, '-m', 'immediate'], account).catch(() => {})
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  await start()
  return { url, kill, restart: start, stop }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

function accountOf(user: string): { readonly uid?: number; readonly gid?: number } | undefined {
  const [uid, gid] = ['-u', '-g'].map((which) => spawnSync('id', [which, user], { encoding: 'utf8' }).stdout)
  return uid ? { uid: Number(uid), gid: Number(gid) } : undefined
}
