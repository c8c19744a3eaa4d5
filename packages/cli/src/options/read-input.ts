import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CliError } from '../cli-error.js'
import { describeFileError } from '../describe-file-error.js'
import type { Terminal } from '../terminal.js'

/**
 * Reads a file whole, or stdin for `-`.
 *
 * @param what for messages: `the capture`
 * @throws CliError in one line
 */
export async function readInput(path: string, what: string, terminal: Terminal): Promise<Buffer> {
  if (path === '-') return terminal.readStdin(what)
  try {
    return await readFile(resolve(terminal.parts.cwd, path), { signal: terminal.parts.interrupted })
  } catch (error) {
    throw new CliError(`cannot read ${what} "${path}": ${describeFileError(error)}`)
  }
}
