import type { RecordState } from '@countersign/core/stores'
import { type Command, InvalidArgumentError } from 'commander'
import type { ExitCode } from '../exit-codes.js'
import { wholeNumber } from '../options/parse-number.js'
import { countRecords } from '../store/count-records.js'
import { type ForgetOptions, forgetRecords, readKeys } from '../store/forget-records.js'
import { type ListRecordsOptions, listRecords } from '../store/list-records.js'
import { migrateTable } from '../store/migrate-table.js'
import type { OpenedStore, Opening } from '../store/opened-store.js'
import { pruneRecords } from '../store/prune-records.js'
import { addStoreOptions } from '../store/store-options.js'
import { toDatabaseError } from '../store/to-database-error.js'
import type { AddCommand } from './add-command.js'

/** In the order of a record's life. */
const states: readonly RecordState[] = ['free', 'claimed', 'acked', 'orphaned', 'held', 'failed', 'completed']

/** `countersign store`: the operator's view of a store, and the migration of its table. */
export const addStore: AddCommand = (program, terminal) => {
  const group = program
    .command('store')
    .description('Lists, counts, forgets and prunes the records of a store, and migrates its table.')
    .addHelpText('after', help)

  /** Adds a subcommand that opens the store, runs, and closes it. */
  const add = (
    name: string,
    description: string,
    run: (store: OpenedStore, command: Command) => Promise<ExitCode>,
    opening: Opening = {},
  ): Command => {
    const command = group.command(name).description(description)
    const openStore = addStoreOptions(command)
    return command.option('--json', 'print JSON').action(async () => {
      const opened = await openStore(terminal, opening)
      try {
        terminal.exitCode = await run(opened, command)
      } catch (error) {
        terminal.parts.interrupted.throwIfAborted()
        throw toDatabaseError(`the ${opened.store.name} store`, error)
      } finally {
        await opened.close()
      }
    })
  }

  add(
    'list',
    'Prints records: by default those in progress, those that failed, and those that need you.',
    (opened, command) => listRecords(opened, command.opts<ListRecordsOptions>(), terminal),
  )
    .option('--state <states>', `only these states, separated by commas: ${states.join(', ')}`, parseStates)
    .option('--endpoint <name>', 'only the records of this endpoint')
    .option('--limit <number>', 'at most this many', wholeNumber(1), 100)
  add('count', 'Prints how many records there are in each state.', (opened, command) =>
    countRecords(opened, command.opts(), terminal),
  )
  add(
    'forget',
    'Removes records, so that the next delivery of their events runs again.',
    async (opened, command) => {
      const options: ForgetOptions = command.opts()
      return forgetRecords(opened, await readKeys(options, terminal), options, terminal)
    },
  )
    .option(
      '--key <key>',
      'a key, as list prints it; may be repeated',
      (key: string, before: string[] = []) => [...before, key],
    )
    .option('--key-stdin', 'read keys from stdin, one per line')
    .option('--force', 'also forget records whose handler is running now')
    .option('--yes', 'do not ask')
  add('prune', 'Removes records that are past their retention (PostgreSQL, SQLite).', (opened, command) =>
    pruneRecords(opened, command.opts(), terminal),
  ).option('--limit <number>', 'at most this many', wholeNumber(1))
  add(
    'migrate',
    "Creates the store's table, or adds the columns that this version needs (PostgreSQL, SQLite).",
    (opened, command) => migrateTable(opened, command.opts(), terminal),
    { isMigration: true },
  )
}

function parseStates(text: string): readonly RecordState[] {
  const given = text.split(',').map((state) => state.trim())
  const unknown = given.find((state) => !states.includes(state as RecordState))
  if (unknown !== undefined)
    throw new InvalidArgumentError(`There is no state "${unknown}"; use ${states.join(', ')}.`)
  return given as RecordState[]
}

const help = `
The store package and the database client are those of the project in the current folder.

Exit codes: 0 done, 1 forget did not forget every key, 2 wrong command line, 3 the database does not answer, 130 Ctrl-C.

Examples:
  countersign store count --postgres-env DATABASE_URL
  countersign store list --redis-env REDIS_URL --state failed,held,orphaned --endpoint tickets
  countersign store forget --sqlite app.db --key '["tickets",null,"visibuild","event","42",null,null,{}]'
  countersign store list --sqlite app.db --state failed --json | jq -r .key | countersign store forget --sqlite app.db --key-stdin --yes
  countersign store prune --postgres-env DATABASE_URL
  countersign store migrate --postgres-env DATABASE_URL`
