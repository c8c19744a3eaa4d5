import { discover } from '@countersign/diagnosis'
import { formatCandidates } from '../discover/format-candidates.js'
import { formatNothingFound } from '../discover/format-nothing-found.js'
import { saveScheme } from '../discover/save-scheme.js'
import { CliError } from '../errors/cli-error.js'
import { exitCodes } from '../exit-codes.js'
import { addCaptureOptions } from '../options/capture-options.js'
import { decimalNumber } from '../options/parse-number.js'
import { addSecretOptions, type NamedSecret } from '../options/secret-options.js'
import type { AddCommand } from './add-command.js'

interface DiscoverValues {
  readonly save?: string
  readonly budget: number
  readonly json?: boolean
}

/** `countersign discover`: the scheme of a sender that nobody has described. */
export const addDiscover: AddCommand = (program, terminal) => {
  const command = program
    .command('discover')
    .description('Finds the scheme of captured requests from the secret alone, and prints it as code.')
  const readCaptures = addCaptureOptions(command)
  const readSecrets = addSecretOptions(command)
  command
    .option('--save <path>', 'save the best descriptor as JSON; --scheme takes that file')
    .option('--budget <seconds>', 'how long to search', decimalNumber(0.001, 86_400), 10)
    .option('--json', 'print the candidates as JSON')
    .addHelpText('after', help)
    .action(async () => {
      const { save, budget, json }: DiscoverValues = command.opts()
      const secret = takeOneSecret(await readSecrets(terminal))
      const captures = await readCaptures(terminal)
      const signal = terminal.parts.interrupted
      const found = await discover(captures, { secret, budgetMs: budget * 1000, signal })
      const { candidates, asymmetric } = found
      const [best] = candidates
      if (json) terminal.printJson({ candidates, ...(asymmetric && { asymmetric }) })
      else if (best) terminal.print(formatCandidates(candidates, captures.length, terminal))
      else terminal.print(formatNothingFound(found))
      if (best && save !== undefined) await saveScheme(best.scheme, save, terminal)
      if (!best) terminal.exitCode = exitCodes.no
    })
}

/** All captures are signed with one secret: with several, a result would not say which one. */
function takeOneSecret([first, ...others]: readonly NamedSecret[]): NamedSecret['value'] {
  if (others.length > 0)
    throw new CliError('discover takes one secret; name the one that signed the captures')
  if (!first || first.value.length === 0)
    throw new CliError('the secret is empty; check the file or variable that holds it')
  return first.value
}

const help = `
One capture may leave questions open; a second one of the same sender often answers them. If the URL is signed, --url must
be the URL that the sender calls.

Signatures made with a private key (Ed25519, ECDSA, RSA) cannot be searched; the command names the one it finds.

Exit codes: 0 found, 1 nothing found, 2 wrong command line or capture.

Examples:
  countersign discover delivery.http --secret-env ACME_SECRET
  countersign discover first.http second.http --secret-file acme.secret --save acme.json
  countersign discover log.har --secret-env ACME_SECRET --url https://shop.example.com/hooks --json`
