import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { CliError } from '../cli-error.js'
import type { Terminal } from '../terminal.js'

/**
 * Asks at the terminal.
 *
 * @throws CliError where nobody is there to ask
 */
export async function askYes(question: string, { parts }: Terminal): Promise<boolean> {
  if (!parts.stdin.isTTY) throw new CliError('nobody is there to be asked: stdin is no terminal; add --yes')
  const prompt = createInterface({ input: parts.stdin, output: parts.stderr, terminal: false })
  try {
    const asking = prompt.question(`${question} [y/N] `, { signal: parts.interrupted })
    // At the end of stdin (Ctrl-D) a question stays open for ever.
    const ended = once(prompt, 'close').then(() => '')
    return /^y(es)?$/i.test((await Promise.race([asking, ended])).trim())
  } finally {
    prompt.close()
  }
}
