import { Readable, Writable } from 'node:stream'
import { runCli } from '../../src/run-cli.js'

/** What a process would have; all of it may be left out. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Default: empty and at its end. */
  readonly stdin?: string | Uint8Array | Readable
  /** Default: the folder of the tests. */
  readonly cwd?: string
  readonly interrupted?: AbortSignal
  /** Pretends that stdout and stderr are a terminal. */
  readonly isTTY?: boolean
}

/** What a run of the command line left behind. */
export interface RunResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line in this process. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const stdout = collector(options.isTTY)
  const stderr = collector(options.isTTY)
  const { stdin = '' } = options
  const code = await runCli(args, {
    stdin: stdin instanceof Readable ? stdin : Readable.from([Buffer.from(stdin as Uint8Array)]),
    stdout,
    stderr,
    env: options.env ?? {},
    cwd: options.cwd ?? import.meta.dirname,
    interrupted: options.interrupted ?? new AbortController().signal,
  })
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

/** Runs a command with `--json`. @returns the one JSON value it printed */
export async function runJson(
  args: readonly string[],
  options: RunOptions = {},
  // biome-ignore lint/suspicious/noExplicitAny: tests say by their assertions what the value is
): Promise<{ code: number; json: any; stderr: string }> {
  const { code, stdout, stderr } = await run([...args, '--json'], options)
  return { code, json: JSON.parse(stdout), stderr }
}

function collector(isTTY = false) {
  const chunks: Buffer[] = []
  const writable = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  return Object.assign(writable, {
    isTTY,
    columns: 100,
    text: () => Buffer.concat(chunks).toString('utf8'),
  })
}
