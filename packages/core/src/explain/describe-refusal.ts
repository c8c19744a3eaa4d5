import type { WebhookError } from '../errors.js'
import { toSingleLine } from '../log/to-single-line.js'
import type { Finding } from './explanation.js'

/** What the diagnosis of one refusal says. */
export interface Diagnosis {
  /** Best first. */
  readonly findings: readonly Finding[]
  /** Said where there are none. */
  readonly otherwise: string
}

const maxHints = 3
const maxLineLength = 600

/** The lines of the log: a proof stands alone, hints come by threes. */
export function describeRefusal({ code }: WebhookError, diagnosis: Diagnosis): readonly string[] {
  const { findings, otherwise } = diagnosis
  const told = findings.slice(0, findings[0]?.level === 'proof' ? 1 : maxHints)
  const texts = told.map(({ cause, target, level, advice }) => `${level}: ${cause} (${target}): ${advice}`)
  // The text may name a header of a stranger's.
  return (texts.length > 0 ? texts : [otherwise]).map((text) =>
    toSingleLine(`refused (${code}): ${text}`, maxLineLength),
  )
}
