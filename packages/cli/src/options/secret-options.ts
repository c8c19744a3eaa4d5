import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
import { CliError } from '../cli-error.js'
import { describeFileError } from '../describe-file-error.js'
import type { Terminal } from '../terminal.js'
import { describeEnding, withoutLineEnd } from './secret-ending.js'

/** A secret and where it came from, which is how it is spoken of. */
export interface NamedSecret {
  readonly id: string
  /** Text as it stands; bytes where it is no UTF-8. It may be empty. */
  readonly value: string | Uint8Array
  /** What other programs may read otherwise of what it is stored in. */
  readonly hint?: string
}

type Source = { readonly from: 'env' | 'file' | 'stdin'; readonly name: string }

/**
 * Adds where to read secrets from. A secret is never an argument: those stand in the list of processes and in the
 * shell's history.
 *
 * @returns reads them, in the order of the command line, and has the terminal withhold them
 */
export function addSecretOptions(command: Command): (terminal: Terminal) => Promise<readonly NamedSecret[]> {
  const sources: Source[] = []
  const add = (from: Source['from']) => (name: string) => void sources.push({ from, name })
  command
    .option('--secret-env <name>', 'environment variable that holds the secret', add('env'))
    .option('--secret-file <path>', 'file that holds it; a line end after it is not part of it', add('file'))
    .option('--secret-stdin', 'stdin holds it; a line end after it is not part of it')
  return async (terminal) => {
    const all: readonly Source[] = command.opts().secretStdin
      ? [...sources, { from: 'stdin', name: 'stdin' }]
      : sources
    if (all.length === 0)
      throw new CliError('no secret; name it with --secret-env, --secret-file or --secret-stdin')
    const secrets: NamedSecret[] = []
    for (const source of all) {
      const stored = await readSource(source, terminal)
      // A variable holds what was put there, and nothing that an editor adds.
      const value = source.from === 'env' ? stored : withoutLineEnd(stored)
      terminal.withhold(value)
      const id = freeId(source, secrets)
      const hint = source.from === 'env' ? undefined : describeEnding(id, stored)
      if (hint !== undefined) terminal.printError(`hint: ${hint}`)
      secrets.push({ id, value, ...(hint !== undefined && { hint }) })
    }
    return secrets
  }
}

/** What was said on stderr of how the secrets are stored. */
export function hintsOf(secrets: readonly NamedSecret[]): readonly string[] {
  return secrets.flatMap(({ hint }) => hint ?? [])
}

async function readSource({ from, name }: Source, terminal: Terminal): Promise<string | Uint8Array> {
  if (from === 'stdin') return textOf(await terminal.readStdin('the secret'))
  if (from === 'file') return textOf(await readSecretFile(name, terminal))
  const value = terminal.parts.env[name]
  if (value !== undefined) return value
  // Instead of the name of a variable, many have given the secret itself.
  const told = /^[A-Z][A-Z0-9_]{0,63}$/.test(name) ? name : 'that --secret-env names'
  throw new CliError(`the environment variable ${told} is not set`)
}

/** Its path is not repeated: it may be the secret itself. */
async function readSecretFile(path: string, { parts }: Terminal): Promise<Buffer> {
  try {
    return await readFile(resolve(parts.cwd, path))
  } catch (error) {
    throw new CliError(`cannot read the file that --secret-file names: ${describeFileError(error)}`)
  }
}

/** Files of the same name in different folders are different secrets. */
function freeId({ name, from }: Source, before: readonly NamedSecret[]): string {
  const id = from === 'file' ? basename(name) : name
  const taken = before.filter((secret) => secret.id === id || secret.id.startsWith(`${id}#`)).length
  return taken === 0 ? id : `${id}#${taken + 1}`
}

function textOf(bytes: Buffer): string | Uint8Array {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return bytes
  }
}
