import { type Command, Option } from 'commander'
import { CliError } from '../errors/cli-error.js'
import { type ExportOptions, exportVectors } from '../vectors/export-vectors.js'
import { resultFormats } from '../vectors/format-results.js'
import { listVectors } from '../vectors/list-vectors.js'
import { type VerifyVectorsOptions, verifyVectors } from '../vectors/verify-vectors.js'
import type { AddCommand } from './add-command.js'

/** `countersign vectors`: the test vectors, for any project in any language. */
export const addVectors: AddCommand = (program, terminal) => {
  const group = program
    .command('vectors')
    .description('Lists, exports and verifies the test vectors.')
    .addHelpText('after', help)

  const list = group.command('list').description('Prints the vector files.')
  addSchemes(list)
    .option('--json', 'print JSON')
    .action(() => listVectors(list.opts(), terminal))

  const exporting = group
    .command('export')
    .description('Copies vectors, their schema and README into a folder.')
    .argument('<folder>')
  addSchemes(exporting)
    .option('--force', 'overwrite files whose content differs')
    .option('--json', 'print JSON')
    .action((folder: string) => exportVectors(folder, exporting.opts<ExportOptions>(), terminal))

  const verifying = group
    .command('verify')
    .description('Runs vectors: every file must be whole, and every case must end as the file says.')
    .argument('[path...]', 'files or folders (default: the vectors of this package)')
  addSchemes(verifying)
    .addOption(
      new Option('--format <format>', 'how to write the result').choices(resultFormats).default('text'),
    )
    .option('--json', 'the same as --format json')
    .action(async (paths: readonly string[]) => {
      const { json, ...options } = verifying.opts<VerifyVectorsOptions & { json?: boolean }>()
      if (options.scheme && paths.length > 0) throw new CliError('give paths or --scheme, not both')
      const format = json ? 'json' : options.format
      terminal.exitCode = await verifyVectors(paths, { ...options, format }, terminal)
    })
}

function addSchemes(command: Command): Command {
  return command.option(
    '--scheme <name>',
    'only the vectors of this scheme or file; may be repeated',
    (name: string, before: readonly string[] = []) => [...before, name],
  )
}

const help = `
Exit codes: 0 done, 1 verify found a file that is not whole or a case that fails, 2 wrong command line.

Examples:
  countersign vectors list
  countersign vectors export test/webhook-vectors --scheme visibuild --scheme github
  countersign vectors verify test/webhook-vectors --format junit > vectors.xml`
