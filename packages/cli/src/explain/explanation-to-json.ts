import type { Explanation, Finding } from '@countersign/diagnosis'
import { listHints, type NamedSecret } from '../options/secret-options.js'

/** The explanation for machines. They do not read stderr, so the hints on how secrets are stored are findings here. */
export function explanationToJson(explanation: Explanation, secrets: readonly NamedSecret[]): Explanation {
  const hints = listHints(secrets).map((advice): Finding => {
    return { cause: 'secret.stored-line-end', target: 'secret', level: 'hint', advice }
  })
  return { ...explanation, findings: [...explanation.findings, ...hints] }
}
