import { CliError } from '../cli-error.js'
import type { Terminal } from '../terminal.js'

/**
 * A database's URL from an environment variable. It holds a password as a rule: from now on that is withheld, and so is
 * the URL.
 *
 * @param form what it must begin with, and an example of it
 */
export function readUrl(
  name: string,
  { pattern, example }: { readonly pattern: RegExp; readonly example: string },
  terminal: Terminal,
): string {
  const url = terminal.parts.env[name]
  if (url === undefined || url === '') throw new CliError(`the environment variable ${name} is not set`)
  terminal.withhold(url)
  for (const password of passwordsOf(url)) terminal.withhold(password)
  if (!pattern.test(url)) throw new CliError(`${name} holds no such URL as ${example}`)
  return url
}

/** As it stands, and as the client decodes it. */
function passwordsOf(url: string): readonly string[] {
  const [, written = ''] = /^[a-z+]+:\/\/[^/:@]*:([^/]*)@/i.exec(url) ?? []
  if (written === '') return []
  try {
    return [written, decodeURIComponent(written)]
  } catch {
    return [written]
  }
}
