import { CliError } from '../errors/cli-error.js'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import type { Terminal } from '../terminal.js'
import type { Migration, OpenedStore } from './opened-store.js'

const words: Readonly<Record<Migration, string>> = {
  created: 'the table was created',
  updated: 'the new columns were added',
  unchanged: 'nothing to do: the table is up to date',
}

/** Creates the store's table, or adds the columns that this version of the store needs. */
export async function migrateTable(
  { migrate }: OpenedStore,
  { json }: { readonly json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const migration = await migrate?.()
  if (migration !== undefined && !Object.hasOwn(words, migration))
    throw new CliError('the table was migrated, but the store package is too old to report how; update it')
  if (json) terminal.printJson({ migration: migration ?? null })
  else terminal.print(migration === undefined ? 'nothing to do: Redis has no tables' : words[migration])
  return exitCodes.ok
}
