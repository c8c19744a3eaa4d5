import { CliError } from '../cli-error.js'
import { type ExitCode, exitCodes } from '../exit-codes.js'
import type { Terminal } from '../terminal.js'
import type { Migration, OpenedStore } from './opened-store.js'

const words: Readonly<Record<Migration, string>> = {
  created: 'the table is made',
  updated: 'the table has the new columns',
  unchanged: 'nothing to do: the table is as this version needs it',
}

/** Makes the store's table, or gives it the columns that this version of the store needs. */
export async function migrateTable(
  { migrate }: OpenedStore,
  { json }: { readonly json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const migration = await migrate?.()
  if (migration !== undefined && !Object.hasOwn(words, migration))
    throw new CliError(
      'the table is migrated, but the store of this project is too old to say how; update its package',
    )
  if (json) terminal.printJson({ migration: migration ?? null })
  else terminal.print(migration === undefined ? 'nothing to do: Redis has no tables' : words[migration])
  return exitCodes.ok
}
