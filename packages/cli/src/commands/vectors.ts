import { type Command, Option } from 'commander'
import { CliError } from '../cli-error.js'
import { type AddCommand, endWith } from '../run-cli.js'
import { type ExportOptions, exportVectors } from '../vectors/export-vectors.js'
import { listVectors } from '../vectors/list-vectors.js'
import { type VerifyVectorsOptions, verifyVectors } from '../vectors/verify-vectors.js'
import { verifyFormats } from '../vectors/write-results.js'

const help = `
Exit codes: 0 done, 1 verify found a file that is not whole or a case that fails, 2 wrong command line.

Examples:
  countersign vectors list
  countersign vectors export test/webhook-vectors --scheme visibuild --scheme github
  countersign vectors verify test/webhook-vectors --format junit > vectors.xml`

/** Adds `vectors`: the test vectors for any project, in any language. */
export const addVectors: AddCommand = (program, terminal) => {
  const vectors = program
    .command('vectors')
    .description('Lists, exports and verifies the test vectors.')
    .addHelpText('after', help)

  const list = vectors.command('list').description('Prints which vectors there are.')
  addSchemes(list)
    .option('--json', 'print JSON')
    .action(() => listVectors(list.opts(), terminal))

  const exporting = vectors
    .command('export')
    .description('Copies vectors, their schema and README into a folder.')
    .argument('<folder>')
  addSchemes(exporting)
    .option('--force', 'overwrite what is there with other content')
    .option('--json', 'print JSON')
    .action((folder: string) => exportVectors(folder, exporting.opts<ExportOptions>(), terminal))

  const verifying = vectors
    .command('verify')
    .description('Runs vectors: each file must be whole, and each case must end as it says.')
    .argument('[path...]', 'files or folders (default: the vectors of this package)')
  addSchemes(verifying)
    .addOption(
      new Option('--format <format>', 'the form of the result').choices(verifyFormats).default('text'),
    )
    .option('--json', 'the same as --format json')
    .action(async (paths: readonly string[]) => {
      const { json, ...options } = verifying.opts<VerifyVectorsOptions & { json?: boolean }>()
      if (options.scheme && paths.length > 0) throw new CliError('give paths or --scheme, not both')
      const format = json ? 'json' : options.format
      endWith(verifying, await verifyVectors(paths, { ...options, format }, terminal))
    })
}

function addSchemes(command: Command): Command {
  return command.option(
    '--scheme <name>',
    'only the vectors of this scheme or file; as often as needed',
    (name: string, before: readonly string[] = []) => [...before, name],
  )
}
