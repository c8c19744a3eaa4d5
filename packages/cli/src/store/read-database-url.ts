import { CliError } from '../errors/cli-error.js'
import type { Terminal } from '../terminal.js'

/**
 * Reads a database's URL from an environment variable. It usually holds a password, so the URL and the password are withheld
 * from all output after this call.
 *
 * @param form how the URL must start, and an example
 */
export function readDatabaseUrl(
  name: string,
  { pattern, example }: { readonly pattern: RegExp; readonly example: string },
  terminal: Terminal,
): string {
  const url = terminal.parts.env[name]
  if (url === undefined || url === '')
    throw new CliError(`the environment variable ${name} is not set; set it to a URL such as ${example}`)
  terminal.withhold(url)
  for (const password of findPasswords(url)) terminal.withhold(password)
  if (!pattern.test(url)) throw new CliError(`${name} does not hold a URL such as ${example}`)
  return url
}

/** The password as it is written, and as the client decodes it. */
function findPasswords(url: string): readonly string[] {
  const [, written = ''] = /^[a-z+]+:\/\/[^/:@]*:([^/]*)@/i.exec(url) ?? []
  if (written === '') return []
  try {
    return [written, decodeURIComponent(written)]
  } catch {
    return [written]
  }
}
