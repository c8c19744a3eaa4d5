import type { WebhookError } from '../errors.js'
import { toSingleLine } from '../log/to-single-line.js'
import type { Finding } from './explanation.js'

/** The diagnosis of one refusal. */
export interface Diagnosis {
  /** Best first. */
  readonly findings: readonly Finding[]
  /** Logged if there are none. */
  readonly otherwise: string
}

const maxHints = 3
const maxLineLength = 600

/** Returns the log lines: one proof, or up to three hints. */
export function describeRefusal({ code }: WebhookError, diagnosis: Diagnosis): readonly string[] {
  const { findings, otherwise } = diagnosis
  const reported = findings.slice(0, findings[0]?.level === 'proof' ? 1 : maxHints)
  const texts = reported.map(
    ({ cause, target, level, advice }) => `${level}: ${cause} (${target}): ${advice}`,
  )
  // The text may contain the name of an attacker's header.
  return (texts.length > 0 ? texts : [otherwise]).map((text) =>
    toSingleLine(`refused (${code}): ${text}`, maxLineLength),
  )
}
