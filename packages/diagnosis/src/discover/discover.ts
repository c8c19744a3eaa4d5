import { performance } from 'node:perf_hooks'
import type { SecretValue } from '@countersign/core'
import { describeAsymmetric } from '../asymmetric/asymmetric-signature.js'
import { findAsymmetric } from '../asymmetric/find-asymmetric.js'
import { rulesOutHmac } from '../asymmetric/rules-out-hmac.js'
import { type Capture, CaptureError } from '../captures/capture.js'
import { createBudget } from '../recompute/budget.js'
import { keyVariants } from '../recompute/key-variants.js'
import { findPlaces } from '../recompute/signature-places.js'
import { bodyReadings } from './body-reading.js'
import { CandidateCollector } from './collect-candidates.js'
import type { Discovery, SearchEffort } from './discovery.js'
import { interleave } from './interleave.js'
import type { Match } from './match.js'
import { type SearchCounter, type SearchKey, searchContents } from './search-contents.js'
import { searchLevels } from './search-levels.js'
import { secretNotation } from './secret-notation.js'
import { suggestReasons } from './suggest-reasons.js'
import { isHalfOfCredentials, tokenSchemes } from './token-schemes.js'

/** Options for {@link discover}. */
export interface DiscoverOptions {
  /** The secret that signed the captures. */
  readonly secret: SecretValue
  /** Time limit of the search in milliseconds. Default 10,000. */
  readonly budgetMs?: number
  /** Aborts the search: `discover` then rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/**
 * Finds the scheme of captured deliveries. It computes the signatures of everything that could have been signed, likeliest
 * first, until one matches. `verify()` accepts every capture with each candidate; fields that the captures do not show are
 * listed as unknown. If a private key signed the captures, there is no search.
 *
 * @param captures deliveries from one sender, signed with one secret; more captures leave less unknown
 * @throws CaptureError if there is no capture
 * @throws the abort reason of `signal`
 *
 * @example
 * import { github } from '@countersign/core/schemes'
 * import { discover, readCapture, writeHttpMessage, writeSchemeCode } from '@countersign/diagnosis'
 * import { createSender } from '@countersign/testing'
 *
 * const secret = 'test-secret-of-32-characters-...'
 * const delivery = createSender({ scheme: github(), secret }).sign()
 * const { candidates, hints } = await discover([readCapture(writeHttpMessage(delivery))], { secret })
 * const [best] = candidates
 * console.log(best ? writeSchemeCode(best) : hints)
 */
export async function discover(captures: readonly Capture[], options: DiscoverOptions): Promise<Discovery> {
  const { secret, budgetMs = 10_000, signal } = options
  if (captures.length === 0) throw new CaptureError('There is no capture; pass at least one.')
  const started = performance.now()
  const keys = keysOf(secret)
  const budget = createBudget({ ms: budgetMs })
  const counter: SearchCounter = { contents: 0, digests: 0 }
  const searches = bodyReadings(captures).map((reading) => {
    const capture = smallest(reading.signed)
    const places = findPlaces(capture.headers)
    const input = { capture, places, keys, levels: searchLevels(capture), budget, signal }
    const collector = new CandidateCollector(captures, reading, secret)
    return { capture, places, collector, found: searchContents(input, counter) }
  })
  const [{ capture, places }] = searches as [(typeof searches)[number]]
  const asymmetric = findAsymmetric(capture)
  const isPointless = asymmetric !== undefined && rulesOutHmac(asymmetric, places)
  for await (const { matches, search } of interleave(isPointless ? [] : searches.map(matchesOf))) {
    const { collector } = search
    await collector.addMatches(matches, search.capture)
    if (collector.candidates.length > 0) break
    // After a match that cannot be used, a usable one is unlikely.
    if (collector.refusals.size > 0 && counter.contents > contentsAfterRefusal) break
  }
  const candidatesOf = () => searches.flatMap(({ collector }) => collector.candidates)
  const isWhole = candidatesOf().length > 0 || !budget.spent()
  // Tokens do not cover the body, so the choice of interpretation does not matter.
  for (const scheme of tokenSchemes(capture, secret)) await searches[0]?.collector.addScheme(scheme)
  const effort: SearchEffort = {
    places: places.length,
    keys: keys.length,
    ...counter,
    ms: performance.now() - started,
    searchedWhole: isWhole,
  }
  const candidates = candidatesOf()
  if (candidates.length > 0) return { candidates, refusals: [], hints: [], effort }
  if (isPointless)
    return { candidates, refusals: [], hints: [describeAsymmetric(asymmetric)], asymmetric, effort }
  const refusals = [
    ...new Set(searches.flatMap(({ collector }) => [...collector.refusals.values()])),
    ...(isHalfOfCredentials(capture, secret) ? [halfCredentials] : []),
  ]
  const hints = refusals.length > 0 ? [] : suggestReasons(captures, places, effort)
  return { candidates, refusals, hints, effort }
}

interface Search {
  readonly capture: Capture
  readonly collector: CandidateCollector
  readonly found: AsyncIterable<readonly Match[]>
}

async function* matchesOf<TSearch extends Search>(search: TSearch) {
  for await (const matches of search.found) yield { matches, search }
}

const contentsAfterRefusal = 20_000

const halfCredentials =
  'The secret is only one half of the Basic credentials in "Authorization"; pass both halves as user:password.'

/** The capture that is cheapest to compute: the smallest body that is not empty. */
function smallest(captures: readonly Capture[]): Capture {
  const withBody = captures.filter(({ body }) => body.length > 0)
  const [first] = (withBody.length > 0 ? withBody : captures).toSorted(
    (a, b) => a.body.length - b.body.length,
  )
  return first as Capture
}

/** The plain interpretations of the secret as a key. Those with a typing error are left out: no scheme can express them. */
function keysOf(secret: SecretValue): readonly SearchKey[] {
  return keyVariants([secret])
    .filter(({ bytes, faults }) => bytes.length > 0 && faults.length === 0)
    .map(({ bytes }) => ({ bytes, isExpressible: secretNotation(secret, bytes) !== undefined }))
}
