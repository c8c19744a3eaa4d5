import { explain, type Framework } from '@countersign/diagnosis'
import { Option } from 'commander'
import { exitCodes } from '../exit-codes.js'
import { detectFramework, frameworks } from '../explain/detect-framework.js'
import { explanationToJson } from '../explain/explanation-to-json.js'
import { formatExplanation } from '../explain/format-explanation.js'
import { addCaptureOption } from '../options/capture-options.js'
import { addNowOption } from '../options/now-option.js'
import { decimalNumber } from '../options/parse-number.js'
import { addSchemeOption } from '../options/scheme-option.js'
import { addSecretOptions } from '../options/secret-options.js'
import type { AddCommand } from './add-command.js'

interface ExplainValues {
  readonly tolerance?: number
  readonly framework?: Framework
  readonly budget: number
  readonly json?: boolean
}

/** `countersign explain`: why a signature does not match. */
export const addExplain: AddCommand = (program, terminal) => {
  const command = program
    .command('explain')
    .description(
      'Finds out why a captured request is refused: it recomputes the signature under every likely mistake until one matches.',
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
    .addOption(
      new Option(
        '--framework <name>',
        "the receiver's framework, for the advice (default: what the nearest package.json depends on)",
      ).choices(frameworks),
    )
    .option('--budget <seconds>', 'how long to search', decimalNumber(0.001, 86_400), 5)
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', help)
    .action(async () => {
      const { tolerance, budget, json, ...values }: ExplainValues = command.opts()
      const secrets = await readSecrets(terminal)
      const capture = await readCapture(terminal)
      const scheme = await readScheme(terminal, capture)
      const framework = values.framework ?? (await detectFramework(terminal.parts.cwd))
      const explanation = await explain(capture, {
        scheme,
        secrets,
        now: readNow(),
        budgetMs: budget * 1000,
        signal: terminal.parts.interrupted,
        ...(tolerance !== undefined && { toleranceSeconds: tolerance }),
        ...(framework && { framework }),
      })
      if (json) terminal.printJson(explanationToJson(explanation, secrets))
      else terminal.printLines(formatExplanation(explanation, { capture, scheme, terminal }))
      if (explanation.verdict === 'unexplained') terminal.exitCode = exitCodes.no
    })
}

const help = `
The first secret is the one your receiver uses. The others, such as an old one or another endpoint's, are tried too.
A proof is a recomputed signature that matches; everything else is a hint.

Exit codes: 0 valid, or explained by a proof; 1 unexplained; 2 wrong command line or capture.

Examples:
  countersign explain refused.http --scheme visibuild --secret-env VISIBUILD_SECRET
  countersign explain refused.http --scheme stripe --secret-env LIVE_SECRET --secret-env TEST_SECRET
  countersign explain old.json --scheme my-sender.json --secret-file secret.txt --now 1767225600 --json`
