import { CliError } from '../errors/cli-error.js'
import type { Terminal } from '../terminal.js'
import { readInput } from './read-input.js'

/**
 * Reads the JSON file of `--payload`, or stdin for `-`.
 *
 * @param advice added to the error if the file is not JSON
 * @throws CliError if it cannot be read, or is not JSON in UTF-8
 */
export async function readPayload(
  path: string,
  terminal: Terminal,
  advice = '; --payload takes a JSON file',
): Promise<unknown> {
  const bytes = await readInput(path, 'the payload', terminal)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new CliError(`"${path}" is not JSON${advice}`)
  }
}
