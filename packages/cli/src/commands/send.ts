import { createSender } from '@countersign/testing'
import { CliError } from '../errors/cli-error.js'
import type { ExitCode } from '../exit-codes.js'
import { addDeliveryOptions } from '../options/delivery-options.js'
import { printEvents, wantsEvents } from '../options/print-events.js'
import { addSchemeOption } from '../options/scheme-option.js'
import { addSecretOptions } from '../options/secret-options.js'
import { addTargetOption } from '../options/target-option.js'
import { findIdHeader, formatIdentity } from '../output/format-identity.js'
import { addFaultOptions } from '../send/fault-options.js'
import type { SendJob } from '../send/send-job.js'
import { sendLoad } from '../send/send-load.js'
import { sendOnce } from '../send/send-once.js'
import { addSendOptions, type SendSettings } from '../send/send-options.js'
import { sendRetries } from '../send/send-retries.js'
import type { AddCommand } from './add-command.js'

/** `countersign send`: the reference sender over HTTP. */
export const addSend: AddCommand = (program, terminal) => {
  const command = program
    .command('send')
    .description(
      'Sends deliveries to a URL as the sender does: valid ones, or forged, stale, repeated, many.',
    )
    .argument('[url]', 'URL of the receiver')
  const readScheme = addSchemeOption(command)
  const readSecrets = addSecretOptions(command)
  const readDelivery = addDeliveryOptions(command)
  const readFaults = addFaultOptions(command)
  const readSettings = addSendOptions(command)
  const readTarget = addTargetOption(command)
  command
    .option('--json', 'print JSON')
    .addHelpText('after', help)
    .action(async (text: string | undefined) => {
      const { json = false }: { json?: boolean } = command.opts()
      if (wantsEvents(command)) return printEvents(await readScheme(terminal), command, terminal)
      if (text === undefined)
        throw new CliError(
          "the receiver's URL is missing; add it, for example http://127.0.0.1:3000/webhooks",
        )
      const url = readTarget(text)
      const secrets = await readSecrets(terminal)
      const scheme = await readScheme(terminal, { url: url.href })
      const settings = readSettings(scheme)
      const faults = readFaults(scheme)
      const delivery = await readDelivery(terminal, scheme)
      const sender = createSender({ scheme, secret: secrets })
      const laterSender = createSender({ scheme, secret: secrets, now: () => Date.now() + 1000 })
      const { id } = delivery
      // Many deliveries of one payload are as many events, unless --id makes them copies of one.
      const freshId = settings.mode.kind === 'load' && id === undefined
      const options = { ...delivery, ...faults.options, ...(freshId && { freshId }), url: url.href }
      const job: SendJob = {
        prepare: () => sender.prepare(options),
        prepareLater: () => laterSender.prepare(options),
        formatId: (prepared) =>
          id === undefined ? [] : [formatIdentity(prepared, id, findIdHeader(scheme))],
        faults,
        schemeName: scheme.name,
        target: `${url.origin}${url.pathname}`,
        timeoutMs: settings.timeoutMs,
        asJson: json,
        terminal,
      }
      terminal.exitCode = await run(job, settings)
    })
}

function run(job: SendJob, { mode }: SendSettings): Promise<ExitCode> {
  switch (mode.kind) {
    case 'once':
      return sendOnce(job, mode.times)
    case 'retries':
      return sendRetries(job, mode)
    case 'load':
      return sendLoad(job, mode)
  }
}

const help = `
Exit codes: 0 every answer was 2xx (with --forge, --stale, --future or --tamper: 4xx), 1 one was not, 2 wrong command
line, 3 nobody answers, 130 Ctrl-C.

Examples:
  countersign send --scheme github --list-events
  countersign send http://127.0.0.1:3000/hooks --scheme visibuild --secret-env VISIBUILD_SECRET
  countersign send http://127.0.0.1:3000/hooks --scheme stripe --secret-env STRIPE_SECRET --event invoice.paid --duplicate
  countersign send http://127.0.0.1:3000/hooks --scheme github --secret-file secret.txt --payload push.json --forge
  countersign send http://127.0.0.1:3000/hooks --scheme visibuild --secret-env VISIBUILD_SECRET --retries
  countersign send http://127.0.0.1:3000/hooks --scheme visibuild --secret-env VISIBUILD_SECRET --count 500 --rate 50`
