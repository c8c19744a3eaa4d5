import { checkProperties, checkReceiver, ReceiverUnreachableError } from '@countersign/check'
import { Command } from 'commander'
import { addCheckSettings } from '../check/check-settings.js'
import { addHandledOptions } from '../check/handled-options.js'
import { writeReport } from '../check/write-report.js'
import { CliError } from '../cli-error.js'
import { exitCodes } from '../exit-codes.js'
import { checkExample } from '../options/delivery-options.js'
import { addSchemeOption } from '../options/scheme-option.js'
import { addSecretOptions } from '../options/secret-options.js'
import { addTargetOption } from '../options/target-option.js'
import { PropertyTeller } from '../output/check-text.js'
import { type AddCommand, endWith } from '../run-cli.js'

/** `countersign check`: black-box conformance of any receiver. */
export const addCheck: AddCommand = (program, terminal) => {
  const command = new Command('check')
    .description(
      'Checks a receiver in any language over HTTP. Valid deliveries are sent too, and its handler runs: use a test system.',
    )
    .argument('<url>', 'the receiver')
  const readScheme = addSchemeOption(command)
  const readSecrets = addSecretOptions(command)
  const readHandled = addHandledOptions(command)
  const readSettings = addCheckSettings(command)
  const readTarget = addTargetOption(command)
  command.addHelpText('after', help()).action(async (text: string) => {
    // First, so that what goes wrong then is told without it.
    const secrets = await readSecrets(terminal)
    const url = readTarget(text)
    const scheme = await readScheme(terminal)
    const settings = await readSettings(terminal)
    if (settings.options.payload === undefined) checkExample(settings.options.event, scheme)
    const handled = await readHandled(terminal)
    const [secret] = secrets
    if (!secret || secrets.length > 1)
      throw new CliError('give one secret: the one the receiver verifies with')
    const title = `${url.origin}${url.pathname} (${scheme.name})`
    const isTold = settings.format === 'text' && settings.output === undefined
    const teller = new PropertyTeller(title, terminal)
    const report = await checkReceiver({
      ...settings.options,
      url,
      scheme,
      secret: secret.value,
      ...(handled && { handled }),
      ...(isTold && { onProgress: ({ judged }) => teller.tell(judged) }),
    }).catch(explainUnreachable)
    if (isTold) teller.end(report)
    else await writeReport(report, title, settings, terminal)
    if (!report.passed) endWith(command, exitCodes.no)
  })
  program.addCommand(command)
}

/** Also where a certificate is not trusted, whose codes are many. */
function explainUnreachable(error: unknown): never {
  if (error instanceof ReceiverUnreachableError) throw new CliError(error.message, exitCodes.unreachable)
  throw error
}

function help(): string {
  return `
The receiver, by these names for --only and --skip:
${checkProperties.map(({ property, says }) => `  ${property.padEnd(25)} ${says}`).join('\n')}

How often the handler ran tells whether repetitions run again: show it with --handled-url or --handled-command.

Exit codes: 0 nothing failed (what could not be told is no failure), 1 a fault was found, 2 wrong command line,
3 nobody answers.

Examples:
  countersign check http://127.0.0.1:3000/hooks --scheme visibuild --secret-env VISIBUILD_SECRET
  countersign check http://127.0.0.1:3000/hooks --scheme github --secret-file github.secret --handled-url http://127.0.0.1:3000/handled
  countersign check http://127.0.0.1:3000/hooks --scheme acme.json --secret-env ACME_SECRET --handled-command 'wc -l < handled.log'
  countersign check http://127.0.0.1:3000/hooks --scheme stripe --secret-env STRIPE_SECRET --format junit --output report.xml`
}
