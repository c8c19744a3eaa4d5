import { WebhookConfigurationError } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import { inflateCapture } from '../captures/inflate-capture.js'
import { createFinding } from './causes/index.js'
import { explainValid } from './explain-valid.js'
import type { ExplainOptions, Explanation, Finding } from './explanation.js'
import { inspect } from './inspect/index.js'
import { describeOther, inspectHeaders } from './inspect/inspect-headers.js'
import { inspectToken } from './inspect/inspect-token.js'
import { type Clue, createScene, type Scene } from './inspect/scene.js'
import { describeMatches } from './judge/describe-matches.js'
import { rankMatches } from './judge/rank-matches.js'
import { findOtherScheme, type OtherScheme } from './other-scheme/find-other-scheme.js'
import { search } from './search/search.js'
import { findSpecialMatch, type SpecialMatch } from './search/special-match.js'
import { startStopwatch } from './search/stopwatch.js'
import { type ConfiguredVerdict, verifyAsConfigured } from './verify-as-configured.js'
import { withholdSecrets } from './withhold-secrets.js'

const defaultBudgetMs = 5_000

/**
 * Explains why a signature does not match. It recomputes the signature for every plausible variant of secret, body, signed
 * content, algorithm and header. A match is a proof; everything else is a hint. No finding contains a secret, an expected
 * signature or part of a body.
 *
 * The search is CPU-bound: run it in development and in tools, not while you serve requests.
 *
 * @param given the delivery as it was captured
 * @returns the verdict, with at least one finding unless it is `valid`; best finding first
 * @throws WebhookConfigurationError `ERR_WEBHOOK_SCHEME_INVALID` for an invalid descriptor and for a custom scheme
 * @throws the abort reason of `signal`
 *
 * @example
 * import { stripe } from '@countersign/core/schemes'
 * import { explain, readCapture } from '@countersign/diagnosis'
 *
 * const capture = readCapture(Buffer.from('POST /hooks HTTP/1.1\r\nStripe-Signature: t=1,v1=00\r\n\r\n{}'))
 * const { verdict, findings } = await explain(capture, {
 *   scheme: stripe(),
 *   secrets: [{ id: 'current', value: 'whsec_0123456789abcdef0123456789abcdef' }],
 * })
 * console.log(verdict, findings[0]?.advice)
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
    special = findSpecialMatch(capture, settled, known, watch)
    return special.clues.length > 0 || special.match !== undefined || special.isSwapped === true
  })
  const groups = rankMatches(special.match ? [special.match] : matches, options.scheme)
  const scene = createScene(capture, settled, places)
  const proved = special.isSwapped
    ? [toFinding({ cause: 'sig.args-swapped', rank: 0 }, settled, 'proof')]
    : describeMatches(groups, { capture, options: settled, places, verdict })
  const isProved = proved.some(({ level }) => level === 'proof')
  const hints = isProved ? hintAtOther(other) : hintsOf(scene, special.clues, other)
  const findings = [...proved, ...hints.map((clue) => toFinding(clue, settled, 'hint'))]
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

/** If the scheme's own proof is missing, hints that come from other headers are weak. */
function hintsOf(scene: Scene, special: readonly Clue[], other: OtherScheme | undefined): readonly Clue[] {
  const ofToken = inspectToken(scene)
  const rest = [...special, ...ofToken, ...inspect(scene)]
  const missing = ofToken.length > 0 ? [] : inspectHeaders(scene, other)
  return missing.length > 0 ? [...missing, ...rest.filter(({ rank }) => rank < 2)] : rest
}

/** Even beside a proof, the other scheme is still the simpler explanation. */
function hintAtOther(other: OtherScheme | undefined): readonly Clue[] {
  return other ? [{ cause: 'request.other-scheme', rank: 0, detail: describeOther(other) }] : []
}

/** The signature is correct under a different scheme, with this secret. */
function explainedBy(
  other: OtherScheme,
  { code }: ConfiguredVerdict,
  { framework, scheme, secrets }: ExplainOptions,
): Explanation {
  const facts = { framework, scheme, detail: describeOther(other) }
  const { advice, ...finding } = createFinding('request.other-scheme', 'proof', facts)
  const described = { ...finding, advice: withholdSecrets(advice, secrets), ...nameOf(other) }
  return { verdict: 'explained', ...(code && { code }), findings: [described], searchedWhole: true }
}

function nameOf(other: OtherScheme | undefined): Pick<Finding, 'scheme'> {
  return other && !other.isUnnamed ? { scheme: other.scheme.name } : {}
}

function refuseCustom({ scheme: { name, signature } }: ExplainOptions): void {
  if (signature.algorithm !== 'custom') return
  throw new WebhookConfigurationError(
    'ERR_WEBHOOK_SCHEME_INVALID',
    `Scheme "${name}": a custom scheme checks the proof with its own code, so explain() cannot recompute it; debug the scheme's verify function.`,
  )
}

function toFinding(
  { cause, detail }: Clue,
  { framework, scheme }: ExplainOptions,
  level: Finding['level'],
): Finding {
  return createFinding(cause, level, { framework, scheme, ...(detail !== undefined && { detail }) })
}

/** Keeps the first finding of each cause, which is the most specific. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ cause }, index) => findings.findIndex((other) => other.cause === cause) === index)
}
