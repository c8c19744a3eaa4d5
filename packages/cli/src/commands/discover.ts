import { discover } from '@countersign/diagnosis'
import { Command } from 'commander'
import { CliError } from '../cli-error.js'
import { saveScheme } from '../discover/save-scheme.js'
import { tellFound } from '../discover/tell-found.js'
import { tellNothing } from '../discover/tell-nothing.js'
import { exitCodes } from '../exit-codes.js'
import { addCaptureOptions } from '../options/capture-options.js'
import { decimalNumber } from '../options/number-options.js'
import { addSecretOptions, type NamedSecret } from '../options/secret-options.js'
import { type AddCommand, endWith } from '../run-cli.js'

interface DiscoverValues {
  readonly save?: string
  readonly budget: number
  readonly json?: boolean
}

/** `countersign discover`: the scheme of a sender that nobody has described. */
export const addDiscover: AddCommand = (program, terminal) => {
  const command = new Command('discover').description(
    'Finds the scheme of captured requests from the secret alone, and prints it as code.',
  )
  const readCaptures = addCaptureOptions(command)
  const readSecrets = addSecretOptions(command)
  command
    .option('--save <path>', 'save the best descriptor as JSON, which --scheme takes')
    .option('--budget <seconds>', 'how long to search', decimalNumber(0.001, 86_400), 10)
    .option('--json', 'print the candidates as JSON')
    .addHelpText('after', help)
    .action(async () => {
      const { save, budget, json }: DiscoverValues = command.opts()
      const secret = onlySecret(await readSecrets(terminal))
      const captures = await readCaptures(terminal)
      const signal = terminal.parts.interrupted
      const found = await discover(captures, { secret, budgetMs: budget * 1000, signal })
      const { candidates, asymmetric } = found
      const [best] = candidates
      if (json) terminal.printJson({ candidates, ...(asymmetric && { asymmetric }) })
      else terminal.print(best ? tellFound(candidates, captures.length, terminal) : tellNothing(found))
      if (best && save !== undefined) await saveScheme(best.scheme, save, terminal)
      if (!best) endWith(command, exitCodes.no)
    })
  program.addCommand(command)
}

/** A capture is signed with one secret; of several, nothing would say which one it was. */
function onlySecret([first, ...others]: readonly NamedSecret[]): NamedSecret['value'] {
  if (others.length > 0)
    throw new CliError('discover takes one secret; give the one the captures were signed with')
  if (!first || first.value.length === 0) throw new CliError('the secret is empty')
  return first.value
}

const help = `
Several captures of one sender tell apart what a single one leaves open. Where the URL is signed, --url has to be the
one that the sender was given.

Where a private key has signed (Ed25519, ECDSA, RSA), nothing is searched, and the command says what is there.

Exit codes: 0 found, 1 nothing found, 2 wrong command line or capture.

Examples:
  countersign discover delivery.http --secret-env ACME_SECRET
  countersign discover first.http second.http --secret-file acme.secret --save acme.json
  countersign discover log.har --secret-env ACME_SECRET --url https://shop.example.com/hooks --json`
