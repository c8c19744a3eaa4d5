import { checkClaims } from './check-claims.js'
import { checkRecords } from './check-records.js'
import { explainDoubles } from './explain-doubles.js'
import { findLost, isKept } from './find-lost.js'

/**
 * Judges the evidence of a run.
 *
 * @param {import('../types.js').Evidence} evidence
 * @returns {import('../types.js').Verdict}
 */
export function judge(evidence) {
  const lost = findLost(evidence)
  const doubles = explainDoubles(evidence)
  const { violations, unrecorded } = checkRecords(evidence)
  const broken = evidence.broken.map((text) => ({ rule: 'broken receiver', event: undefined, text }))
  return {
    violations: [...broken, ...lost, ...doubles.violations, ...checkClaims(evidence), ...violations],
    lost: lost.length,
    doubles: doubles.causes,
    kept: [...evidence.records.values()].filter(isKept).length,
    unrecorded,
  }
}
