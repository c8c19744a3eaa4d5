import { Command } from 'commander'
import { addListenSettings } from '../listen/listen-settings.js'
import { runListener } from '../listen/run-listener.js'
import { addSchemeOption } from '../options/scheme-option.js'
import { addSecretOptions } from '../options/secret-options.js'
import { type AddCommand, endWith } from '../run-cli.js'

const help = `
It listens on 127.0.0.1 alone, at every path. Events that were answered 2xx are remembered until it ends.

Exit codes: with --once or --count 0 every delivery was verified, 1 one was not; 2 wrong command line, or the port is
taken; 130 Ctrl-C.

Examples:
  countersign listen --scheme visibuild --secret-env VISIBUILD_SECRET
  countersign listen --scheme stripe --secret-env STRIPE_SECRET --save captures --port 4242
  countersign listen --scheme visibuild --secret-env VISIBUILD_SECRET --answer 500
  countersign listen --scheme github --secret-file github.secret --once --json`

/** Adds `listen`: a receiver for development. */
export const addListen: AddCommand = (program, terminal) => {
  const command = new Command('listen').description(
    'Receives deliveries on this machine, and says of each whether it is authentic, and why not.',
  )
  const readScheme = addSchemeOption(command)
  const readSecrets = addSecretOptions(command)
  const readSettings = addListenSettings(command)
  command.addHelpText('after', help).action(async () => {
    const settings = readSettings()
    const scheme = await readScheme(terminal, settings)
    const secrets = await readSecrets(terminal)
    endWith(command, await runListener({ scheme, secrets, settings }, terminal))
  })
  program.addCommand(command)
}
