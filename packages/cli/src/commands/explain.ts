import { type Explanation, explain, type Finding, type Framework } from '@countersign/diagnosis'
import { Command, Option } from 'commander'
import { exitCodes } from '../exit-codes.js'
import { findFramework, frameworks } from '../explain/find-framework.js'
import { tellExplanation } from '../explain/tell-explanation.js'
import { addCaptureOption } from '../options/capture-options.js'
import { addNowOption } from '../options/now-option.js'
import { decimalNumber } from '../options/number-options.js'
import { addSchemeOption } from '../options/scheme-option.js'
import { addSecretOptions, hintsOf, type NamedSecret } from '../options/secret-options.js'
import { type AddCommand, endWith, typedArgs } from '../run-cli.js'

interface ExplainValues {
  readonly tolerance?: number
  readonly framework?: Framework
  readonly budget: number
  readonly json?: boolean
}

/** `countersign explain`: why a signature does not match. */
export const addExplain: AddCommand = (program, terminal) => {
  const command = new Command('explain').description(
    'Finds out why a captured request is refused, by recomputing its signature under every reading that could be meant.',
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
        'what the receiver is written with (default: what the nearest package.json depends on)',
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
      const framework = values.framework ?? (await findFramework(terminal.parts.cwd))
      const explanation = await explain(capture, {
        scheme,
        secrets,
        now: readNow(),
        budgetMs: budget * 1000,
        signal: terminal.parts.interrupted,
        ...(tolerance !== undefined && { toleranceSeconds: tolerance }),
        ...(framework && { framework }),
      })
      if (json) terminal.printJson(withHints(explanation, secrets))
      else
        for (const line of tellExplanation(explanation, {
          capture,
          scheme,
          terminal,
          args: typedArgs(command),
        }))
          terminal.print(line)
      if (explanation.verdict === 'unexplained') endWith(command, exitCodes.no)
    })
  program.addCommand(command)
}

/** For machines, which do not read stderr, what is said there of the stored secrets. */
function withHints(explanation: Explanation, secrets: readonly NamedSecret[]): Explanation {
  const hints = hintsOf(secrets).map((advice): Finding => {
    return { cause: 'secret.stored-line-end', target: 'secret', level: 'hint', advice }
  })
  return { ...explanation, findings: [...explanation.findings, ...hints] }
}

const help = `
The first secret is the one your receiver uses; the others are tried, such as the old one or another endpoint's.
A proof is a recomputed signature that matches; everything else is a hint.

Exit codes: 0 valid or explained by a proof, 1 unexplained, 2 wrong command line or capture.

Examples:
  countersign explain refused.http --scheme visibuild --secret-env VISIBUILD_SECRET
  countersign explain refused.http --scheme stripe --secret-env LIVE_SECRET --secret-env TEST_SECRET
  countersign explain old.json --scheme my-sender.json --secret-file secret.txt --now 1767225600 --json`
