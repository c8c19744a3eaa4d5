import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { programArguments } from './program-arguments.js'
import type { RuntimeName } from './runtimes.js'

export interface ProgramOptions {
  readonly runtime: RuntimeName
  /** The runtime's binary. */
  readonly path: string
  readonly adapter: 'fetch' | 'hono'
}

/** The program under test, in a separate process. */
export interface Program {
  readonly origin: string
  stop(): Promise<void>
}

/** Starts the program of `programs/` in a runtime, on a free port, and waits until it prints its URL. */
export async function startProgram({ runtime, path, adapter }: ProgramOptions): Promise<Program> {
  const child = spawn(path, await programArguments(runtime), { env: { ADAPTER: adapter } })
  const ended = once(child, 'close')
  const lines: string[] = []
  const port = await new Promise<string>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => lines.push(line))
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line)
      const found = portIn(line)
      if (found !== undefined) resolve(found)
    })
    ended.then(() => reject(new Error(`The program did not start:\n${lines.join('\n')}`)), reject)
  })
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Our programs print it as text, workerd as JSON. */
function portIn(line: string): string | undefined {
  const found = /^listening on http:\/\/127\.0\.0\.1:(\d+)$|"port":(\d+)/.exec(line)
  return found?.[1] ?? found?.[2]
}
