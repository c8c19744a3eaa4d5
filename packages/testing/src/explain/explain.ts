import type { Capture } from '../captures/capture.js'
import { inflateCapture } from '../captures/inflate-capture.js'
import { findingOf } from './causes.js'
import { explainValid } from './explain-valid.js'
import type { ExplainOptions, Explanation, Finding } from './explanation.js'
import { type Clue, sceneOf } from './inspect/clue.js'
import { inspectToken } from './inspect/inspect-token.js'
import { inspect } from './inspect.js'
import { findingsOfMatches } from './judge/findings-of-matches.js'
import { rankMatches } from './judge/rank-matches.js'
import { search } from './search/search.js'
import { findSpecial, type SpecialMatch } from './search/special-match.js'
import { startStopwatch } from './search/stopwatch.js'
import { verifyAsConfigured } from './verify-as-configured.js'
import { withholdSecrets } from './withhold-secrets.js'

const defaultBudgetMs = 5_000

/**
 * Finds out why a signature does not match: by recomputing it under every reading of secret, body, signed content,
 * algorithm and header that could have been meant. What matches is a proof; all else is a hint.
 *
 * It keeps the processor busy until it is done, so it has no place where requests are answered.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for a wrong descriptor; the reason of `signal`
 */
export async function explain(given: Capture, options: ExplainOptions): Promise<Explanation> {
  const settled = { ...options, now: options.now ?? Date.now() }
  const verdict = await verifyAsConfigured(given, settled)
  if (verdict.isValid) return explainValid(given, settled)
  const inflated = options.scheme.contentEncoding === 'decoded' ? inflateCapture(given) : undefined
  const capture = inflated ?? given
  const input = { ...options, ...(inflated && { sentBody: given.body }) }
  const watch = startStopwatch(options.budgetMs ?? defaultBudgetMs, options)
  let special: SpecialMatch = { clues: [] }
  const { matches, places, isWhole } = await search(capture, input, watch, (known) => {
    special = findSpecial(capture, settled, known, watch)
    return special.clues.length > 0 || special.match !== undefined || special.isSwapped === true
  })
  const groups = rankMatches(special.match ? [special.match] : matches, options.scheme)
  const scene = sceneOf(capture, settled, places)
  const proved = special.isSwapped
    ? [tell({ cause: 'sig.args-swapped', rank: 0 }, settled, 'proof')]
    : findingsOfMatches(groups, { capture, options: settled, places, verdict })
  const isProved = proved.some(({ level }) => level === 'proof')
  const hints = isProved ? [] : [...special.clues, ...inspectToken(scene), ...inspect(scene)]
  const findings = [...proved, ...hints.map((clue) => tell(clue, settled, 'hint'))]
  return {
    verdict: isProved ? 'explained' : 'unexplained',
    ...(verdict.code && { code: verdict.code }),
    findings: distinct(findings).map((finding) => ({
      ...finding,
      advice: withholdSecrets(finding.advice, options.secrets),
    })),
    searchedWhole: isWhole,
  }
}

function tell(
  { cause, detail }: Clue,
  { framework, scheme }: ExplainOptions,
  level: Finding['level'],
): Finding {
  return findingOf(cause, level, { framework, scheme, ...(detail !== undefined && { detail }) })
}

/** Of findings with the same cause the first, which says most. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ cause }, index) => findings.findIndex((other) => other.cause === cause) === index)
}
