import { checkProperties, checkReceiver, ReceiverUnreachableError } from '@countersign/check'
import { addCheckOptions } from '../check/check-options.js'
import { addHandledOptions } from '../check/handled-options.js'
import { PropertyPrinter } from '../check/property-printer.js'
import { writeReport } from '../check/write-report.js'
import { CliError } from '../errors/cli-error.js'
import { exitCodes } from '../exit-codes.js'
import { checkExampleEvent } from '../options/check-example-event.js'
import { addSchemeOption } from '../options/scheme-option.js'
import { addSecretOptions } from '../options/secret-options.js'
import { addTargetOption } from '../options/target-option.js'
import type { AddCommand } from './add-command.js'

/** `countersign check`: black-box conformance of any receiver. */
export const addCheck: AddCommand = (program, terminal) => {
  const command = program
    .command('check')
    .description(
      'Checks a receiver over HTTP, in whatever language it is written. Valid deliveries run its handler: use a test system.',
    )
    .argument('<url>', 'URL of the receiver')
  const readScheme = addSchemeOption(command)
  const readSecrets = addSecretOptions(command)
  const readHandled = addHandledOptions(command)
  const readSettings = addCheckOptions(command)
  const readTarget = addTargetOption(command)
  command.addHelpText('after', help()).action(async (text: string) => {
    // First: from here on, no message can hold them.
    const secrets = await readSecrets(terminal)
    const url = readTarget(text)
    const scheme = await readScheme(terminal)
    const settings = await readSettings(terminal)
    if (settings.options.payload === undefined) checkExampleEvent(settings.options.event, scheme)
    const handled = await readHandled(terminal)
    const [secret] = secrets
    if (!secret || secrets.length > 1)
      throw new CliError('check takes one secret; name the one the receiver verifies with')

    const title = `${url.origin}${url.pathname} (${scheme.name})`
    const isLive = settings.format === 'text' && settings.output === undefined
    const printer = new PropertyPrinter(title, terminal)
    const report = await checkReceiver({
      ...settings.options,
      url,
      scheme,
      secret: secret.value,
      ...(handled && { handled }),
      ...(isLive && { onProgress: ({ judged }) => printer.print(judged) }),
    }).catch(throwUnreachable)
    if (isLive) printer.end(report)
    else await writeReport(report, title, settings, terminal)
    if (!report.passed) terminal.exitCode = exitCodes.no
  })
}

/** Gives exit code 3 to every failure to connect, also to the many of untrusted certificates. */
function throwUnreachable(error: unknown): never {
  if (error instanceof ReceiverUnreachableError) throw new CliError(error.message, exitCodes.unreachable)
  throw error
}

function help(): string {
  return `
What a receiver must do, by the names that --only and --skip take:
${checkProperties.map(({ property, says }) => `  ${property.padEnd(25)} ${says}`).join('\n')}

With --handled-url or --handled-command the check counts how often the handler ran, and so whether repetitions run again.

Exit codes: 0 nothing failed (what cannot be seen from outside does not fail), 1 a fault was found,
2 wrong command line, 3 nobody answers.

Examples:
  countersign check http://127.0.0.1:3000/hooks --scheme visibuild --secret-env VISIBUILD_SECRET
  countersign check http://127.0.0.1:3000/hooks --scheme github --secret-file github.secret --handled-url http://127.0.0.1:3000/handled
  countersign check http://127.0.0.1:3000/hooks --scheme acme.json --secret-env ACME_SECRET --handled-command 'wc -l < handled.log'
  countersign check http://127.0.0.1:3000/hooks --scheme stripe --secret-env STRIPE_SECRET --format junit --output report.xml`
}
