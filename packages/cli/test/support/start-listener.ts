import { Readable, Writable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { runCli } from '../../src/run-cli.js'

/** A `countersign listen` that runs in this process. */
export interface StartedListener {
  readonly url: string
  /** What it has printed so far. */
  readonly stdout: () => string
  readonly stderr: () => string
  /** Ctrl-C. @returns what it ends with */
  readonly interrupt: () => Promise<number>
  /** What it ends with, once it does. */
  readonly ended: Promise<number>
}

/** Starts the listener on a free port, and waits until it listens. */
export async function startListener(
  args: readonly string[],
  { env, cwd = import.meta.dirname }: { readonly env: Record<string, string>; readonly cwd?: string },
): Promise<StartedListener> {
  const interruption = new AbortController()
  const [stdout, stderr] = [collect(), collect()]
  const ended = runCli(['listen', '--port', '0', ...args], {
    stdin: Readable.from([]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env,
    cwd,
    interrupted: interruption.signal,
  })
  const interrupt = () => {
    interruption.abort()
    return ended
  }
  onTestFinished(() => void interrupt())
  const url = await Promise.race([
    Promise.any([stdout.find(/listening on (\S+) /), stderr.find(/listening on (\S+) /)]),
    ended.then((code) => {
      throw new Error(`it ended with ${code}: ${stderr.text()}`)
    }),
  ])
  return { url, stdout: stdout.text, stderr: stderr.text, interrupt, ended }
}

function collect() {
  let text = ''
  const watchers = new Set<() => void>()
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk
      for (const watch of watchers) watch()
      done()
    },
  })
  const find = (form: RegExp) =>
    new Promise<string>((resolve) => {
      const watch = () => {
        const [, found] = form.exec(text) ?? []
        if (found !== undefined) resolve(found)
      }
      watchers.add(watch)
      watch()
    })
  return { stream, text: () => text, find }
}
