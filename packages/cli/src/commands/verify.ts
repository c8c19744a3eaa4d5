import { verifyCapture } from '@countersign/diagnosis'
import { exitCodes } from '../exit-codes.js'
import { addCaptureOption } from '../options/capture-options.js'
import { addNowOption } from '../options/now-option.js'
import { decimalNumber, wholeNumber } from '../options/parse-number.js'
import { addSchemeOption } from '../options/scheme-option.js'
import { addSecretOptions, listHints } from '../options/secret-options.js'
import { formatVerdict } from '../verify/format-verdict.js'
import { verdictToJson } from '../verify/verdict-to-json.js'
import type { AddCommand } from './add-command.js'

interface VerifyValues {
  readonly tolerance?: number
  readonly maxBodyBytes?: number
  readonly json?: boolean
}

/** `countersign verify`: how a receiver would have judged a capture. */
export const addVerify: AddCommand = (program, terminal) => {
  const command = program
    .command('verify')
    .description(
      'Verifies one captured request against a scheme, and prints which check passed and which failed.',
    )
  const readCapture = addCaptureOption(command)
  const readScheme = addSchemeOption(command)
  const readSecrets = addSecretOptions(command)
  const readNow = addNowOption(command)
  command
    .option(
      '--tolerance <seconds>',
      "past and future tolerance (default: the scheme's)",
      decimalNumber(0, 1e9),
    )
    .option('--max-body-bytes <number>', "largest body (default: the scheme's, else 1 MiB)", wholeNumber(1))
    .option('--json', 'print the verdict as JSON')
    .addHelpText('after', help)
    .action(async () => {
      const { tolerance, maxBodyBytes, json }: VerifyValues = command.opts()
      const secrets = await readSecrets(terminal)
      const capture = await readCapture(terminal)
      const scheme = await readScheme(terminal, capture)
      const now = readNow()
      const verdict = await verifyCapture(capture, {
        scheme,
        secret: secrets,
        now,
        toleranceSeconds: tolerance,
        maxBodyBytes,
      })
      if (json) terminal.printJson(verdictToJson(verdict, { now, hints: listHints(secrets) }))
      else terminal.printLines(formatVerdict(verdict, { capture, scheme, now, terminal }))
      if (verdict.verdict === 'refused') terminal.exitCode = exitCodes.no
    })
}

const help = `
Exit codes: 0 accepted, 1 refused, 2 wrong command line or capture.

Examples:
  countersign verify delivery.http --scheme github --secret-env GITHUB_SECRET
  countersign verify log.har --entry 3 --scheme github --secret-file github.secret --json
  countersign verify old.json --scheme my-sender.json --secret-env SECRET --now 1767225600`
