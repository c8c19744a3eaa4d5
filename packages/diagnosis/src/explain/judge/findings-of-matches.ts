import type { Tolerance } from '@countersign/core'
import type { Capture } from '../../captures/capture.js'
import type { AdviceFacts } from '../causes/cause.js'
import { findingOf } from '../causes.js'
import { describeChange, describeInvisible } from '../describe-change.js'
import type { ExplainOptions, Finding } from '../explanation.js'
import type { PlaceMap } from '../search/place-map.js'
import type { ConfiguredVerdict } from '../verify-as-configured.js'
import { causeOfCode } from './causes-of-code.js'
import { type Doubt, doubtOf } from './judge-proof.js'
import { judgeTime, type TimeFault, timeInBody } from './judge-time.js'
import type { MatchGroup, RankedMatch } from './rank-matches.js'

/** What the findings are made from. */
export interface Judgement {
  readonly capture: Capture
  readonly options: ExplainOptions & { readonly now: number }
  readonly places: PlaceMap
  readonly verdict: ConfiguredVerdict
}

/** Two explanations this close are equally good. */
const equalCost = 0.3

const causeOfDoubt: Readonly<Record<Doubt, string | undefined>> = {
  'few-bits': undefined,
  'empty-body': 'body.signed-empty',
  'trivial-key': 'secret.guessable',
  'any-secret': 'sig.unkeyed-hash',
  'any-body': 'tmpl.body-not-covered',
}

/** What matches say: a proof where there is one explanation and nothing speaks against it, else hints. */
export function findingsOfMatches(groups: readonly MatchGroup[], judgement: Judgement): readonly Finding[] {
  const [first, second] = groups
  if (!first) return []
  const isTie =
    first.isTie ||
    (second !== undefined && second.best.cost - first.best.cost < equalCost) ||
    isListedTwice(first.best, judgement)
  const doubt = doubtOf(first.best.match, judgement.places)
  if (!isTie && !doubt) return tell(first.best, 'proof', judgement)
  const told = isTie ? groups : [first]
  const hints = told.flatMap(({ best }) => tell(best, 'hint', judgement))
  const cause = doubt && causeOfDoubt[doubt]
  const doubtful = cause ? [findingOf(cause, 'hint', factsOf(judgement.options, first.best))] : []
  return [...doubtful, ...hints].map((finding) =>
    isTie
      ? { ...finding, advice: `${finding.advice} (Not proved: another explanation fits as well.)` }
      : finding,
  )
}

/** Which of two equal secrets it was nobody can say. */
function isListedTwice({ match }: RankedMatch, { options }: Judgement): boolean {
  const { secret } = match.key
  if (secret === 0) return false
  const value = options.secrets[secret]?.value
  return options.secrets.some((other, index) => index !== secret && isSame(other.value, value))
}

function isSame(a: unknown, b: unknown): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0
  return typeof a === 'string' ? a === b : JSON.stringify(a) === JSON.stringify(b)
}

function tell(best: RankedMatch, level: Finding['level'], judgement: Judgement): readonly Finding[] {
  const { options, capture, verdict } = judgement
  const { match, faults } = best
  const facts = factsOf(options, best)
  const isAsConfigured = faults.length === 0 && match.template.steps === 0
  const times = timeFaultsOf(best, options)
  // What is wrong with the header of the time is said of the time.
  const isOfTime =
    times.some(({ detail }) => detail !== undefined) || faults.some(({ target }) => target === 'time')
  const ownCause = isAsConfigured && !isOfTime ? causeOfCode(verdict.code, capture.body) : undefined
  const change = describeChange(capture.body, match.body.bytes)
  const [firstOfBody] = faults.filter(({ target }) => target === 'body')
  const findings = [
    ...(ownCause ? [findingOf(ownCause, level, facts)] : []),
    ...faults.map((fault) => {
      const detail = fault === firstOfBody ? change : detailOf(fault.cause, options)
      return findingOf(fault.cause, level, { ...facts, ...(detail !== undefined && { detail }) })
    }),
    ...times.map(({ cause, ageSeconds, detail }) =>
      findingOf(cause, level, { ...facts, ageSeconds, ...(detail !== undefined && { detail }) }),
    ),
  ]
  return findings.length > 0 ? findings : [findingOf('sig.header-malformed', level, facts)]
}

function detailOf(cause: string, { secrets }: ExplainOptions): string | undefined {
  const value = secrets[0]?.value
  return cause === 'secret.invisible-char' && typeof value === 'string' ? describeInvisible(value) : undefined
}

function factsOf(
  { framework, scheme, secrets, toleranceSeconds }: ExplainOptions,
  match: RankedMatch,
): AdviceFacts {
  const { secret } = match.match.key
  const secretId = secret > 0 ? secrets[secret]?.id : undefined
  return {
    framework,
    scheme,
    match,
    tolerance: toleranceOf(toleranceSeconds ?? scheme.toleranceSeconds),
    ...(secretId !== undefined && { secretId }),
  }
}

/** The signed time, wherever it stands: it is judged also where something else was wrong as well. */
function timeFaultsOf(
  { match }: RankedMatch,
  { scheme, now, toleranceSeconds }: Judgement['options'],
): readonly TimeFault[] {
  const { timestamp } = scheme
  if (!timestamp) return []
  const { time } = match.template.template
  // Of a sender that signs another form than it sends, the receiver reads what is sent.
  const isForm = match.template.faults.some(({ cause }) => cause === 'tmpl.timestamp-form')
  const text = (isForm ? time?.stated : time?.text) ?? timeInBody(scheme, match.body.bytes)
  const tolerance = toleranceOf(toleranceSeconds ?? scheme.toleranceSeconds)
  return text === undefined ? [] : judgeTime(text, timestamp.unit, { now, tolerance })
}

function toleranceOf(tolerance: number | Tolerance = 300): Tolerance {
  return typeof tolerance === 'number' ? { past: tolerance, future: tolerance } : tolerance
}
