import { createSender } from '@countersign/testing'
import { Option } from 'commander'
import { addDeliveryOptions } from '../options/delivery-options.js'
import { addNowOption } from '../options/now-option.js'
import { parseUrl } from '../options/parse-url.js'
import { printEvents, wantsEvents } from '../options/print-events.js'
import { addSchemeOption } from '../options/scheme-option.js'
import { addSecretOptions } from '../options/secret-options.js'
import { findIdHeader, formatIdentity } from '../output/format-identity.js'
import { type Format, formatNames, formats } from '../sign/formats.js'
import { warnWithheldProof } from '../sign/warn-withheld-proof.js'
import type { AddCommand } from './add-command.js'

interface SignValues {
  readonly url: string
  readonly format: Format
  readonly output?: string
  readonly json?: boolean
}

/** `countersign sign`: the reference sender, without sending. */
export const addSign: AddCommand = (program, terminal) => {
  const command = program
    .command('sign')
    .description('Builds and signs a delivery as the sender does, and prints it instead of sending it.')
  const readScheme = addSchemeOption(command)
  const readSecrets = addSecretOptions(command)
  const readDelivery = addDeliveryOptions(command)
  const readNow = addNowOption(command, 'the time of signing')
  command
    .addOption(
      new Option('--url <url>', 'the URL it is for').argParser(parseUrl).default('https://localhost/'),
    )
    .addOption(new Option('--format <format>', 'what to print').choices(formatNames).default('http'))
    .option('--output <path>', 'save it to a file instead of printing it')
    .option('--json', 'the same as --format json')
    .addHelpText('after', help)
    .action(async () => {
      const { url, json, output, ...values }: SignValues = command.opts()
      if (wantsEvents(command)) return printEvents(await readScheme(terminal, { url }), command, terminal)
      const secrets = await readSecrets(terminal)
      const scheme = await readScheme(terminal, { url })
      const delivery = await readDelivery(terminal, scheme)
      const sender = createSender({ scheme, secret: secrets, now: readNow })
      const prepared = sender.prepare({ ...delivery, url })
      const request = prepared.sign()
      // Before the message, because its body may end without a line end.
      if (delivery.id !== undefined)
        terminal.printError(`countersign: ${formatIdentity(prepared, delivery.id, findIdHeader(scheme))}`)
      const bytes = formats[json ? 'json' : values.format](request)
      if (output !== undefined) await terminal.save(output, bytes)
      else terminal.write(terminal.parts.stdout.isTTY ? Buffer.concat([bytes, Buffer.from('\n')]) : bytes)
      warnWithheldProof(scheme, terminal)
    })
}

const help = `
Formats:
  http     the raw HTTP message, which "countersign verify" reads
  json     a JSON capture, which it reads as well
  curl     a command line for curl
  headers  the headers alone

Without --payload, --body-file or --form it signs an example of the scheme's deliveries; --list-events prints which events
have one. If the proof is the secret itself (a token, Basic credentials), it is withheld from what is printed and saved;
"countersign send" sends it.

Exit codes: 0 signed, 2 wrong command line.

Examples:
  countersign sign --scheme visibuild --secret-env VISIBUILD_SECRET --event ticket.created > delivery.http
  countersign sign --scheme stripe --secret-env STRIPE_SECRET --payload invoice.json --format curl --url https://shop.example.com/hooks
  countersign sign --scheme my-sender.json --secret-file secret.txt --body-file body.json --format headers`
