import { addListenOptions } from '../listen/listen-options.js'
import { runListener } from '../listen/run-listener.js'
import { addSchemeOption } from '../options/scheme-option.js'
import { addSecretOptions } from '../options/secret-options.js'
import type { AddCommand } from './add-command.js'

/** `countersign listen`: a receiver for development. */
export const addListen: AddCommand = (program, terminal) => {
  const command = program
    .command('listen')
    .description(
      'Receives deliveries on this machine, and prints for each whether it is authentic, and if not, why.',
    )
  const readScheme = addSchemeOption(command)
  const readSecrets = addSecretOptions(command)
  const readSettings = addListenOptions(command)
  command.addHelpText('after', help).action(async () => {
    const settings = readSettings()
    const secrets = await readSecrets(terminal)
    const scheme = await readScheme(terminal, settings)
    terminal.exitCode = await runListener({ scheme, secrets, settings }, terminal)
  })
}

const help = `
It listens on 127.0.0.1 only, at every path. It remembers answered events until it ends.

Exit codes: with --once or --count: 0 every delivery was verified, 1 one was refused. 2 wrong command line, or the port is
in use; 130 Ctrl-C.

Examples:
  countersign listen --scheme visibuild --secret-env VISIBUILD_SECRET
  countersign listen --scheme stripe --secret-env STRIPE_SECRET --save captures --port 4242
  countersign listen --scheme visibuild --secret-env VISIBUILD_SECRET --answer 500
  countersign listen --scheme github --secret-file github.secret --once --json`
