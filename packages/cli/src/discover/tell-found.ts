import type { SchemeDescriptor } from '@countersign/core'
import { type SchemeCandidate, writeSchemeCode } from '@countersign/diagnosis'
import { oneLine } from '../output/one-line.js'
import { withholdIn } from '../output/withhold-in.js'
import type { Terminal } from '../terminal.js'

const shownOthers = 5

/** A module to paste: the best candidate's code, and comments on how it was found and on what fits as well. */
export function tellFound(
  candidates: readonly SchemeCandidate[],
  captures: number,
  terminal: Terminal,
): string {
  // Before it is written as code: there, quotes in a secret would stand in a notation of their own.
  const [best, ...others] = candidates.map(({ scheme, unknown }) => ({
    scheme: withholdIn(scheme, (text) => terminal.clean(text)) as SchemeDescriptor,
    unknown,
  }))
  if (!best) return ''
  const accepted = captures === 1 ? 'the capture' : `all ${captures} captures`
  return [
    `// ${tellProof(best.scheme)} verify() accepts ${accepted} with it.`,
    writeSchemeCode(best).trimEnd(),
    ...tellOthers(best, others),
  ].join('\n')
}

function tellProof({ signature, signedContent = '' }: SchemeDescriptor): string {
  if (signature.algorithm === 'basic') return '"Authorization" has the credentials.'
  if (signature.algorithm === 'custom') return 'Code of your own checks the proof.'
  if (signature.algorithm === 'token')
    return signature.header === undefined
      ? `The parameter "${oneLine(signature.query ?? '')}" of the URL repeats the secret.`
      : `"${signature.header}" repeats the secret.`
  const { header, algorithm, encoding } = signature
  return `"${header}" holds the ${algorithm} of ${oneLine(JSON.stringify(signedContent))} in ${encoding}.`
}

function tellOthers(best: SchemeCandidate, others: readonly SchemeCandidate[]): readonly string[] {
  if (others.length === 0) return []
  const left = others.length - shownOthers
  return [
    '',
    `// ${others.length === 1 ? 'Another scheme verifies' : `${others.length} other schemes verify`} as well; more captures tell them apart. What differs:`,
    ...others.slice(0, shownOthers).map((other) => `//   ${tellDifference(best.scheme, other.scheme)}`),
    ...(left > 0 ? [`//   and ${left} more, which --json shows`] : []),
  ]
}

function tellDifference(best: SchemeDescriptor, other: SchemeDescriptor): string {
  const before = new Map<string, unknown>(Object.entries(best))
  const differing = Object.entries(other).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(before.get(field)),
  )
  const missing = [...before.keys()].filter((field) => !Object.hasOwn(other, field))
  return [
    ...differing.map(([field, value]) => `${field}: ${oneLine(JSON.stringify(value), 200)}`),
    ...missing.map((field) => `no ${field}`),
  ].join(', ')
}
