import { verifyCapture } from '@countersign/diagnosis'
import { Command } from 'commander'
import { exitCodes } from '../exit-codes.js'
import { addCaptureOption } from '../options/capture-options.js'
import { addNowOption } from '../options/now-option.js'
import { decimalNumber, wholeNumber } from '../options/number-options.js'
import { addSchemeOption } from '../options/scheme-option.js'
import { addSecretOptions, hintsOf } from '../options/secret-options.js'
import { type AddCommand, endWith } from '../run-cli.js'
import { tellVerdict } from '../verify/tell-verdict.js'
import { verdictToJson } from '../verify/verdict-to-json.js'

interface VerifyValues {
  readonly tolerance?: number
  readonly maxBodyBytes?: number
  readonly json?: boolean
}

const maxTolerance = 1e9

/** `countersign verify`: what a receiver would have said to a capture. */
export const addVerify: AddCommand = (program, terminal) => {
  const command = new Command('verify').description(
    'Verifies one captured request against a scheme, and says which check passed and which failed.',
  )
  const readCapture = addCaptureOption(command)
  const readScheme = addSchemeOption(command)
  const readSecrets = addSecretOptions(command)
  const readNow = addNowOption(command)
  command
    .option(
      '--tolerance <seconds>',
      "past and future tolerance (default: the scheme's)",
      decimalNumber(0, maxTolerance),
    )
    .option('--max-body-bytes <number>', "largest body (default: the scheme's, else 1 MiB)", wholeNumber(1))
    .option('--json', 'print the verdict as JSON')
    .addHelpText('after', help)
    .action(async () => {
      const values: VerifyValues = command.opts()
      const secrets = await readSecrets(terminal)
      const capture = await readCapture(terminal)
      const scheme = await readScheme(terminal, capture)
      const now = readNow()
      const verdict = await verifyCapture(capture, {
        scheme,
        secret: secrets,
        now,
        toleranceSeconds: values.tolerance,
        maxBodyBytes: values.maxBodyBytes,
      })
      if (values.json) terminal.printJson(verdictToJson(verdict, { now, hints: hintsOf(secrets) }))
      else for (const line of tellVerdict(verdict, { capture, scheme, now, terminal })) terminal.print(line)
      if (verdict.verdict === 'refused') endWith(command, exitCodes.no)
    })
  program.addCommand(command)
}

const help = `
Exit codes: 0 accepted, 1 refused, 2 wrong command line or capture.

Examples:
  countersign verify delivery.http --scheme visibuild --secret-env VISIBUILD_SECRET
  countersign verify log.har --entry 3 --scheme github --secret-file github.secret --json
  countersign verify old.json --scheme my-sender.json --secret-env SECRET --now 1767225600`
