import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CliError } from '../errors/cli-error.js'
import { describeFileError } from '../errors/describe-file-error.js'
import type { Terminal } from '../terminal.js'

/**
 * Reads a whole file, or stdin for `-`.
 *
 * @param what names the content in errors: `the capture`
 * @throws CliError if it cannot be read
 */
export async function readInput(path: string, what: string, terminal: Terminal): Promise<Buffer> {
  if (path === '-') return terminal.readStdin(what)
  try {
    return await readFile(resolve(terminal.parts.cwd, path), { signal: terminal.parts.interrupted })
  } catch (error) {
    throw new CliError(`cannot read ${what} "${path}": ${describeFileError(error)}`)
  }
}
