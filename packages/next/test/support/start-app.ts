import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { nextBin } from './build-app.js'

/** A built application that runs under `next start`. */
export interface StartedApp {
  readonly origin: string
  /** Its output so far, of both streams. */
  readonly lines: readonly string[]
  readonly process: ChildProcess
  /** Resolves after it has exited. */
  readonly ended: Promise<unknown>
  stop(): Promise<void>
}

/** Starts it on a free port. It gets only `env` as its environment. */
export async function startApp(folder: URL, env: Readonly<Record<string, string>> = {}): Promise<StartedApp> {
  const child = spawn(process.execPath, [nextBin, 'start', '-H', '127.0.0.1', '-p', '0'], {
    cwd: fileURLToPath(folder),
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const lines: string[] = []
  const origin = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        lines.push(line)
        const [, url] = /Local: +(http:\S+)/.exec(line) ?? []
        if (url) resolve(url)
      })
    }
    void ended.then(() => reject(new Error(`next start exited:\n${lines.join('\n')}`)))
  })
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return { origin, lines, process: child, ended, stop }
}
