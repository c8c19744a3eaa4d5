import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
import { CliError } from '../errors/cli-error.js'
import { describeFileError } from '../errors/describe-file-error.js'
import type { Terminal } from '../terminal.js'
import { describeLineEnd, removeLineEnd } from './secret-line-end.js'

/** A secret, named after its source: the output never holds the value. */
export interface NamedSecret {
  readonly id: string
  /** Text; bytes if it is not UTF-8. It may be empty. */
  readonly value: string | Uint8Array
  /** A warning if other programs may read the stored secret differently. */
  readonly hint?: string
}

type Source = { readonly from: 'env' | 'file' | 'stdin'; readonly name: string }

/**
 * Adds the sources of secrets. A secret is never an argument: other users see arguments in the process list, and the shell
 * saves them in its history.
 *
 * @returns reads the secrets in the order of the command line, and withholds them from all output
 */
export function addSecretOptions(command: Command): (terminal: Terminal) => Promise<readonly NamedSecret[]> {
  const sources: Source[] = []
  const add = (from: Source['from']) => (name: string) => void sources.push({ from, name })
  command
    .option('--secret-env <name>', 'environment variable that holds the secret', add('env'))
    .option('--secret-file <path>', 'file that holds it; a line end at its end is removed', add('file'))
    .option('--secret-stdin', 'stdin holds it; a line end at its end is removed')
  return async (terminal) => {
    const all: readonly Source[] = command.opts().secretStdin
      ? [...sources, { from: 'stdin', name: 'stdin' }]
      : sources
    if (all.length === 0)
      throw new CliError('no secret; name it with --secret-env, --secret-file or --secret-stdin')
    const secrets: NamedSecret[] = []
    for (const source of all) {
      const stored = await readSource(source, terminal)
      // Editors add a line end to files, not to variables.
      const value = source.from === 'env' ? stored : removeLineEnd(stored)
      terminal.withhold(value)
      const id = uniqueId(source, secrets)
      const hint = source.from === 'env' ? undefined : describeLineEnd(id, stored)
      if (hint !== undefined) terminal.printError(`hint: ${hint}`)
      secrets.push({ id, value, ...(hint !== undefined && { hint }) })
    }
    return secrets
  }
}

/** The hints on how the secrets are stored; they were also printed on stderr. */
export function listHints(secrets: readonly NamedSecret[]): readonly string[] {
  return secrets.flatMap(({ hint }) => hint ?? [])
}

async function readSource({ from, name }: Source, terminal: Terminal): Promise<string | Uint8Array> {
  if (from === 'stdin') return decodeText(await terminal.readStdin('the secret'))
  if (from === 'file') return decodeText(await readSecretFile(name, terminal))
  const value = terminal.parts.env[name]
  if (value !== undefined) return value
  // People give the secret itself instead of a variable's name: print only what looks like a name.
  if (!/^[A-Z][A-Z0-9_]{0,63}$/.test(name))
    throw new CliError('the variable of --secret-env is not set; give the name of a variable, not the secret')
  throw new CliError(`the environment variable ${name} is not set; set it, or name another with --secret-env`)
}

/** The error does not print the path: it may be the secret itself. */
async function readSecretFile(path: string, { parts }: Terminal): Promise<Buffer> {
  try {
    return await readFile(resolve(parts.cwd, path))
  } catch (error) {
    throw new CliError(`cannot read the file that --secret-file names: ${describeFileError(error)}`)
  }
}

/** Files of the same name in different folders are different secrets. */
function uniqueId({ name, from }: Source, before: readonly NamedSecret[]): string {
  const id = from === 'file' ? basename(name) : name
  const taken = before.filter((secret) => secret.id === id || secret.id.startsWith(`${id}#`)).length
  return taken === 0 ? id : `${id}#${taken + 1}`
}

function decodeText(bytes: Buffer): string | Uint8Array {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return bytes
  }
}
