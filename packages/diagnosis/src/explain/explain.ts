import { WebhookConfigurationError } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import { inflateCapture } from '../captures/inflate-capture.js'
import { findingOf } from './causes.js'
import { explainValid } from './explain-valid.js'
import type { ExplainOptions, Explanation, Finding } from './explanation.js'
import { type Clue, type Scene, sceneOf } from './inspect/clue.js'
import { describeOther, inspectHeaders } from './inspect/inspect-headers.js'
import { inspectToken } from './inspect/inspect-token.js'
import { inspect } from './inspect.js'
import { findingsOfMatches } from './judge/findings-of-matches.js'
import { rankMatches } from './judge/rank-matches.js'
import { findOtherScheme, type OtherScheme } from './other-scheme/find-other-scheme.js'
import { search } from './search/search.js'
import { findSpecial, type SpecialMatch } from './search/special-match.js'
import { startStopwatch } from './search/stopwatch.js'
import { type ConfiguredVerdict, verifyAsConfigured } from './verify-as-configured.js'
import { withholdSecrets } from './withhold-secrets.js'

const defaultBudgetMs = 5_000

/**
 * Finds out why a signature does not match: by recomputing it under every reading of secret, body, signed content,
 * algorithm and header that could have been meant. What matches is a proof; all else is a hint.
 *
 * It keeps the processor busy until it is done, so it has no place where requests are answered.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for a wrong descriptor, and for a custom scheme; the reason of `signal`
 */
export async function explain(given: Capture, options: ExplainOptions): Promise<Explanation> {
  refuseCustom(options)
  const settled = { ...options, now: options.now ?? Date.now() }
  const verdict = await verifyAsConfigured(given, settled)
  if (verdict.isValid) return explainValid(given, settled)
  const other = await findOtherScheme(given, settled)
  if (other?.isProved) return explainedBy(other, verdict, settled)
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
  const hints = isProved ? ofOther(other) : hintsOf(scene, special.clues, other)
  const findings = [...proved, ...hints.map((clue) => tell(clue, settled, 'hint'))]
  return {
    verdict: isProved ? 'explained' : 'unexplained',
    ...(verdict.code && { code: verdict.code }),
    findings: distinct(findings).map((finding) => ({
      ...finding,
      ...(finding.cause === 'request.other-scheme' && nameOf(other)),
      advice: withholdSecrets(finding.advice, options.secrets),
    })),
    searchedWhole: isWhole,
  }
}

/** Where the scheme's own proof did not come, what was computed over other headers says little. */
function hintsOf(scene: Scene, special: readonly Clue[], other: OtherScheme | undefined): readonly Clue[] {
  const ofToken = inspectToken(scene)
  const rest = [...special, ...ofToken, ...inspect(scene)]
  const missing = ofToken.length > 0 ? [] : inspectHeaders(scene, other)
  return missing.length > 0 ? [...missing, ...rest.filter(({ rank }) => rank < 2)] : rest
}

/** Beside a proof the other scheme is still the shorter way. */
function ofOther(other: OtherScheme | undefined): readonly Clue[] {
  return other ? [{ cause: 'request.other-scheme', rank: 0, detail: describeOther(other) }] : []
}

/** The signature is right by another scheme, with this very secret. */
function explainedBy(
  other: OtherScheme,
  { code }: ConfiguredVerdict,
  { framework, scheme, secrets }: ExplainOptions,
): Explanation {
  const facts = { framework, scheme, detail: describeOther(other) }
  const { advice, ...finding } = findingOf('request.other-scheme', 'proof', facts)
  const told = { ...finding, advice: withholdSecrets(advice, secrets), ...nameOf(other) }
  return { verdict: 'explained', ...(code && { code }), findings: [told], searchedWhole: true }
}

function nameOf(other: OtherScheme | undefined): Pick<Finding, 'scheme'> {
  return other && !other.isUnnamed ? { scheme: other.scheme.name } : {}
}

function refuseCustom({ scheme: { name, signature } }: ExplainOptions): void {
  if (signature.algorithm !== 'custom') return
  throw new WebhookConfigurationError(
    'ERR_WEBHOOK_SCHEME_INVALID',
    `Scheme "${name}": a custom scheme's proof is checked by its own code, so nothing can be recomputed; look into its verify function.`,
  )
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
