import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'tsup'

const programs = fileURLToPath(new URL('programs/', import.meta.url))

/** What a program said, and how it ended. */
export interface Ended {
  readonly lines: readonly string[]
  readonly signal: NodeJS.Signals | null
  readonly errors: string
}

/**
 * Bundles a program of `programs/` from the sources.
 *
 * @returns its path in `folder`
 */
export async function bundleProgram(name: string, folder: string): Promise<string> {
  await build({
    entry: [join(programs, `${name}.ts`)],
    outDir: folder,
    outExtension: () => ({ js: '.mjs' }),
    format: ['esm'],
    target: 'node20',
    config: false,
    silent: true,
    noExternal: [/^@countersign/],
    esbuildOptions: (options) => {
      options.conditions = ['@countersign/source', 'node']
    },
  })
  return join(folder, `${name}.mjs`)
}

/** Runs a program in a process of its own. It gets its settings as JSON. */
export function startProgram(path: string, settings: object): ChildProcess {
  return spawn(process.execPath, [path, JSON.stringify(settings)])
}

export async function endOf(child: ChildProcess): Promise<Ended> {
  let [output, errors] = ['', '']
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  const [, signal] = await once(child, 'close')
  return { lines: output.split('\n').filter((line) => line !== ''), signal, errors }
}
