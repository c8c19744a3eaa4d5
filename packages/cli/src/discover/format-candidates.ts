import type { SchemeDescriptor } from '@countersign/core'
import { type SchemeCandidate, writeSchemeCode } from '@countersign/diagnosis'
import { toOneLine } from '../output/to-one-line.js'
import { withholdInJson } from '../output/withhold-in-json.js'
import type { Terminal } from '../terminal.js'

const maxOthers = 5

/** A module to paste: the code of the best candidate, with comments on its proof and on other candidates. */
export function formatCandidates(
  candidates: readonly SchemeCandidate[],
  captures: number,
  terminal: Terminal,
): string {
  // Before it becomes code: there, a quote in the secret would be escaped and no longer be found.
  const [best, ...others] = candidates.map(({ scheme, unknown }) => ({
    scheme: withholdInJson(scheme, (text) => terminal.clean(text)) as SchemeDescriptor,
    unknown,
  }))
  if (!best) return ''
  const accepted = captures === 1 ? 'the capture' : `all ${captures} captures`
  return [
    `// ${formatProof(best.scheme)} verify() accepts ${accepted} with it.`,
    writeSchemeCode(best).trimEnd(),
    ...formatOthers(best, others),
  ].join('\n')
}

function formatProof({ signature, signedContent = '' }: SchemeDescriptor): string {
  if (signature.algorithm === 'basic') return '"Authorization" has the credentials.'
  if (signature.algorithm === 'custom') return 'Your own code checks the proof.'
  if (signature.algorithm === 'token')
    return signature.header === undefined
      ? `The parameter "${toOneLine(signature.query ?? '')}" of the URL repeats the secret.`
      : `"${signature.header}" repeats the secret.`
  const { header, algorithm, encoding } = signature
  return `"${header}" holds the ${algorithm} of ${toOneLine(JSON.stringify(signedContent))} in ${encoding}.`
}

function formatOthers(best: SchemeCandidate, others: readonly SchemeCandidate[]): readonly string[] {
  if (others.length === 0) return []
  const hidden = others.length - maxOthers
  const subject = others.length === 1 ? 'Another scheme fits' : `${others.length} other schemes fit`
  return [
    '',
    `// ${subject} as well; more captures decide between them. What differs:`,
    ...others.slice(0, maxOthers).map((other) => `//   ${formatDifference(best.scheme, other.scheme)}`),
    ...(hidden > 0 ? [`//   and ${hidden} more; --json prints them`] : []),
  ]
}

function formatDifference(best: SchemeDescriptor, other: SchemeDescriptor): string {
  const before = new Map<string, unknown>(Object.entries(best))
  const changed = Object.entries(other).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(before.get(field)),
  )
  const missing = [...before.keys()].filter((field) => !Object.hasOwn(other, field))
  return [
    ...changed.map(([field, value]) => `${field}: ${toOneLine(JSON.stringify(value), 200)}`),
    ...missing.map((field) => `no ${field}`),
  ].join(', ')
}
