import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { CliError } from '../errors/cli-error.js'
import type { Terminal } from '../terminal.js'

/**
 * Asks a yes-or-no question on the terminal.
 *
 * @throws CliError if stdin is not a terminal
 */
export async function confirm(question: string, { parts }: Terminal): Promise<boolean> {
  if (!parts.stdin.isTTY)
    throw new CliError('cannot ask for confirmation: stdin is not a terminal; add --yes')
  const prompt = createInterface({ input: parts.stdin, output: parts.stderr, terminal: false })
  try {
    const asking = prompt.question(`${question} [y/N] `, { signal: parts.interrupted })
    // After Ctrl-D, `question()` never settles.
    const ended = once(prompt, 'close').then(() => '')
    return /^y(es)?$/i.test((await Promise.race([asking, ended])).trim())
  } finally {
    prompt.close()
  }
}
