import { createSender } from '@countersign/testing'
import { CliError } from '../cli-error.js'
import { addDeliveryOptions } from '../options/delivery-options.js'
import { listEvents, wantsEvents } from '../options/list-events.js'
import { addSchemeOption } from '../options/scheme-option.js'
import { addSecretOptions } from '../options/secret-options.js'
import { addTargetOption } from '../options/target-option.js'
import { type AddCommand, endWith } from '../run-cli.js'
import type { Dispatch } from '../send/dispatch.js'
import { addFaultOptions } from '../send/fault-options.js'
import { sendLoad } from '../send/send-load.js'
import { sendOnce } from '../send/send-once.js'
import { addSendSettings, type SendSettings } from '../send/send-settings.js'
import { sendUntilTaken } from '../send/send-until-taken.js'
import { idHeaderOf, tellIdentity } from '../send/tell-identity.js'

const help = `
Exit codes: 0 every answer was 2xx (with --forge, --stale, --future or --tamper: 4xx), 1 it was not, 2 wrong command
line, 3 nobody answers, 130 Ctrl-C.

Examples:
  countersign send --scheme github --list-events
  countersign send http://127.0.0.1:3000/hooks --scheme visibuild --secret-env VISIBUILD_SECRET
  countersign send http://127.0.0.1:3000/hooks --scheme stripe --secret-env STRIPE_SECRET --event invoice.paid --duplicate
  countersign send http://127.0.0.1:3000/hooks --scheme github --secret-file secret.txt --payload push.json --forge
  countersign send http://127.0.0.1:3000/hooks --scheme visibuild --secret-env VISIBUILD_SECRET --retries
  countersign send http://127.0.0.1:3000/hooks --scheme visibuild --secret-env VISIBUILD_SECRET --count 500 --rate 50`

/** Adds `send`: the reference sender over HTTP. */
export const addSend: AddCommand = (program, terminal) => {
  const command = program
    .command('send')
    .description('Delivers to a URL as the sender does, or as nobody should.')
    .argument('[url]', 'the receiver')
  const readScheme = addSchemeOption(command)
  const readSecrets = addSecretOptions(command)
  const readDelivery = addDeliveryOptions(command)
  const readFaults = addFaultOptions(command)
  const readSettings = addSendSettings(command)
  const readTarget = addTargetOption(command)
  command
    .option('--json', 'print JSON')
    .addHelpText('after', help)
    .action(async (text: string | undefined) => {
      const { json = false }: { json?: boolean } = command.opts()
      if (wantsEvents(command)) return listEvents(await readScheme(terminal), command, terminal)
      if (text === undefined)
        throw new CliError('the URL of the receiver is missing; add it, as http://127.0.0.1:3000/webhooks')
      const url = readTarget(text)
      const scheme = await readScheme(terminal, { url: url.href })
      const settings = readSettings(scheme)
      const faults = readFaults(scheme)
      const delivery = await readDelivery(terminal, scheme)
      const secrets = await readSecrets(terminal)
      const sender = createSender({ scheme, secret: secrets })
      const later = createSender({ scheme, secret: secrets, now: () => Date.now() + 1000 })
      const { id } = delivery
      const isMany = settings.mode.kind === 'many'
      // Many of one payload are as many events, unless their id was chosen.
      const freshId = isMany && id === undefined
      const options = { ...delivery, ...faults.options, ...(freshId && { freshId }), url: url.href }
      const dispatch: Dispatch = {
        prepare: () => sender.prepare(options),
        prepareLater: () => later.prepare(options),
        tellId: (made) => (id === undefined ? [] : [tellIdentity(made, id, idHeaderOf(scheme))]),
        faults,
        schemeName: scheme.name,
        target: `${url.origin}${url.pathname}`,
        timeoutMs: settings.timeoutMs,
        asJson: json,
        terminal,
      }
      endWith(command, await run(dispatch, settings))
    })
}

function run(dispatch: Dispatch, { mode }: SendSettings) {
  switch (mode.kind) {
    case 'once':
      return sendOnce(dispatch, mode.times)
    case 'retries':
      return sendUntilTaken(dispatch, mode)
    case 'many':
      return sendLoad(dispatch, mode)
  }
}
