import type { RecordState } from '@countersign/core/stores'
import { type Command, InvalidArgumentError } from 'commander'
import type { ExitCode } from '../exit-codes.js'
import { wholeNumber } from '../options/number-options.js'
import { type AddCommand, endWith } from '../run-cli.js'
import { databaseError } from '../store/connection-failure.js'
import { countRecords } from '../store/count-records.js'
import { type ForgetOptions, forgetRecords, readKeys } from '../store/forget-records.js'
import { type ListRecordsOptions, listRecords } from '../store/list-records.js'
import { migrateTable } from '../store/migrate-table.js'
import type { OpenedStore, Opening } from '../store/opened-store.js'
import { pruneRecords } from '../store/prune-records.js'
import { addStoreOptions } from '../store/store-options.js'

const help = `
The store and the database's client are those of the project in the current folder.

Exit codes: 0 done, 1 forget has not forgotten all, 2 wrong command line, 3 the database does not answer, 130 Ctrl-C.

Examples:
  countersign store count --postgres-env DATABASE_URL
  countersign store list --redis-env REDIS_URL --state failed,held,orphaned --endpoint tickets
  countersign store forget --sqlite app.db --key '["tickets",null,"visibuild","event","42",null,null,{}]'
  countersign store list --sqlite app.db --state failed --json | jq -r .key | countersign store forget --sqlite app.db --key-stdin --yes
  countersign store prune --postgres-env DATABASE_URL
  countersign store migrate --postgres-env DATABASE_URL`

/** In the order of a record's life. */
const states: readonly RecordState[] = ['free', 'claimed', 'acked', 'orphaned', 'held', 'failed', 'completed']

/** Adds `store`: the operator's view, and the table's migration. */
export const addStore: AddCommand = (program, terminal) => {
  const group = program
    .command('store')
    .description('Shows what a store remembers, forgets records, prunes, and makes the table.')
    .addHelpText('after', help)

  /** Adds a subcommand that works on an opened store. */
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
        endWith(command, await run(opened, command))
      } catch (error) {
        terminal.parts.interrupted.throwIfAborted()
        throw databaseError(`the ${opened.store.name} store`, error)
      } finally {
        await opened.close()
      }
    })
  }

  add(
    'list',
    'Prints records, by default what is being handled, what failed, and what needs you.',
    (opened, command) => listRecords(opened, command.opts<ListRecordsOptions>(), terminal),
  )
    .option('--state <states>', `only these, separated by commas: ${states.join(', ')}`, parseStates)
    .option('--endpoint <name>', 'only those of this endpoint')
    .option('--limit <number>', 'so many at the most', wholeNumber(1), 100)
  add('count', 'Prints how many records there are of each state.', (opened, command) =>
    countRecords(opened, command.opts(), terminal),
  )
  add('forget', 'Makes keys free, as if their events had never come.', async (opened, command) => {
    const options: ForgetOptions = command.opts()
    return forgetRecords(opened, await readKeys(options, terminal), options, terminal)
  })
    .option(
      '--key <key>',
      'a key, as list prints it; as often as needed',
      (key: string, before: string[] = []) => [...before, key],
    )
    .option('--key-stdin', 'stdin holds keys, one a line')
    .option('--force', 'also what is being handled at this moment')
    .option('--yes', 'do not ask')
  add('prune', 'Removes what is past its retention (PostgreSQL, SQLite).', (opened, command) =>
    pruneRecords(opened, command.opts(), terminal),
  ).option('--limit <number>', 'so many at the most', wholeNumber(1))
  add(
    'migrate',
    "Makes the store's table, or adds the columns that this version needs (PostgreSQL, SQLite).",
    (opened, command) => migrateTable(opened, command.opts(), terminal),
    { isMigration: true },
  )
}

function parseStates(text: string): readonly RecordState[] {
  const given = text.split(',').map((state) => state.trim())
  const unknown = given.find((state) => !states.includes(state as RecordState))
  if (unknown !== undefined) throw new InvalidArgumentError(`There is no state "${unknown}".`)
  return given as RecordState[]
}
