import { type ContractException, isExceptedVector, staleness } from './exceptions.js'
import type { SentVector } from './send-vectors.js'

/** Judges what became of vectors: those with an exception must differ, all others must not. */
export function judgeVectors(
  sent: readonly SentVector[],
  exceptions: readonly ContractException[],
): { readonly passed: number; readonly excepted: number; readonly problems: readonly string[] } {
  const problems: string[] = []
  let passed = 0
  let excepted = 0
  for (const { vector, difference } of sent) {
    const exception = exceptions.find((exception) => isExceptedVector(exception, vector))
    const problem = exception ? (difference ? undefined : staleness(exception)) : difference
    if (problem) problems.push(`${vector.file} tcId ${vector.tcId} (${vector.comment}): ${problem}`)
    else if (exception) excepted += 1
    else passed += 1
  }
  return { passed, excepted, problems }
}
