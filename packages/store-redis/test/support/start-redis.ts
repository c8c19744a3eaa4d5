import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from './free-port.js'
import { pollUntil } from './poll-until.js'

/** A redis-server of a test's own, on a free port and in a folder that goes with it. */
export interface StartedRedis {
  readonly port: number
  /** Kills it as a power cut would, and starts it again with what is on its disk. */
  restart(): Promise<void>
  /** It takes connections and commands, and answers none, until `resume`. */
  pause(): void
  resume(): void
  stop(): Promise<void>
}

/** @param settings of redis.conf, as `['--appendonly', 'yes']`; without any, it keeps nothing on disk */
export async function startRedis(settings: readonly string[] = []): Promise<StartedRedis> {
  const port = await findFreePort()
  const folder = mkdtempSync(join(tmpdir(), 'countersign-redis-'))
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...settings]
  let server = await start(args, port)
  const endWithTests = () => server.kill('SIGKILL')
  process.once('exit', endWithTests)

  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const exited = once(server, 'exit')
    server.kill('SIGKILL')
    await exited
  }
  return {
    port,
    async restart() {
      await kill()
      server = await start(args, port)
    },
    pause: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    async stop() {
      await kill()
      process.removeListener('exit', endWithTests)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function start(args: readonly string[], port: number): Promise<ChildProcess> {
  const server = spawn('redis-server', args, { stdio: 'ignore' })
  await pollUntil(() => server.exitCode === null && answersPing(port))
  return server
}

/** While it still loads what is on its disk, it answers an error. */
async function answersPing(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    socket.write('PING\r\n')
    const [answer] = await once(socket, 'data')
    return String(answer).startsWith('+PONG')
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
