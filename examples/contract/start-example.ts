import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'

/** How an example is run: like `pnpm start` in its folder. */
export interface ExampleOptions {
  readonly folder: URL
  /** The command of its `start` script. Default: this Node with `server.js`. */
  readonly command?: readonly string[] | undefined
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string>>
}

export interface ExampleEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A running or ended example, with the lines it has written so far. */
export interface Example {
  readonly process: ChildProcess
  readonly output: Interface
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

/** Starts an example without waiting for it. */
export function runExample({
  folder,
  command = [process.execPath, 'server.js'],
  env,
}: ExampleOptions): Example {
  const [program = '', ...args] = command
  const process_ = spawn(program, args, {
    cwd: folder,
    env: { PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(process_)
  const example: Example = {
    process: process_,
    output: createInterface(process_.stdout),
    lines: [],
    errorLines: [],
    ended: once(process_, 'close').then(([code, signal]) => {
      running.delete(process_)
      return { code, signal }
    }),
  }
  example.output.on('line', (line) => example.lines.push(line))
  createInterface(process_.stderr).on('line', (line) => example.errorLines.push(line))
  return example
}

/** Starts an example on a free port and waits until it logs its URL. */
export async function startExample(options: ExampleOptions): Promise<ListeningExample> {
  const example = runExample(options)
  const url = await Promise.race([findUrl(example), example.ended.then(() => undefined)])
  if (url === undefined) throw new Error(`The example does not listen: ${example.errorLines.join('\n')}`)
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    example.process.kill(signal)
    return example.ended
  }
  return { ...example, url, stop }
}

/** Waits for the line with the URL. Removes it, and the lines that the framework logged before. */
function findUrl({ output, lines }: Example): Promise<string> {
  return new Promise((resolve) => {
    output.on('line', (line) => {
      const url = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1]
      if (url === undefined) return
      lines.length = 0
      resolve(url)
    })
  })
}

/** Ends the examples that a failed test left running. */
export function killExamples(): void {
  for (const process_ of running) process_.kill('SIGKILL')
}
