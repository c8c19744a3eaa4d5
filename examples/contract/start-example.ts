import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** An example, run as `pnpm start` in its folder runs it. */
export interface ExampleOptions {
  readonly folder: URL
  /** All it is given of the environment. */
  readonly env: Readonly<Record<string, string>>
}

export interface ExampleEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** An example that runs or has run, with the lines it has written so far. */
export interface Example {
  readonly process: ChildProcess
  readonly lines: string[]
  readonly errorLines: string[]
  readonly ended: Promise<ExampleEnd>
}

/** An example that listens. */
export interface ListeningExample extends Example {
  readonly url: string
  stop(signal?: NodeJS.Signals): Promise<ExampleEnd>
}

const running = new Set<ChildProcess>()

/** Starts `server.js` without waiting for anything. */
export function runExample({ folder, env }: ExampleOptions): Example {
  const process_ = spawn(process.execPath, ['server.js'], {
    cwd: folder,
    env: { PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(process_)
  const example: Example = {
    process: process_,
    lines: [],
    errorLines: [],
    ended: once(process_, 'close').then(([code, signal]) => {
      running.delete(process_)
      return { code, signal }
    }),
  }
  createInterface(process_.stdout).on('line', (line) => example.lines.push(line))
  createInterface(process_.stderr).on('line', (line) => example.errorLines.push(line))
  return example
}

/** Starts `server.js` on any free port and waits until it says where it listens. */
export async function startExample(options: ExampleOptions): Promise<ListeningExample> {
  const example = runExample(options)
  await Promise.race([once(example.process.stdout ?? process.stdin, 'data'), example.ended])
  const url = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(example.lines.shift() ?? '')?.[1]
  if (url === undefined) throw new Error(`The example does not listen: ${example.errorLines.join('\n')}`)
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    example.process.kill(signal)
    return example.ended
  }
  return { ...example, url, stop }
}

/** Ends what a failed test has left running. */
export function killExamples(): void {
  for (const process_ of running) process_.kill('SIGKILL')
}
