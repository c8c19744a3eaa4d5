import { performance } from 'node:perf_hooks'
import type { SecretValue } from '@countersign/core'
import { describeAsymmetric } from '../asymmetric/asymmetric-signature.js'
import { findAsymmetric } from '../asymmetric/find-asymmetric.js'
import { stopsSearch } from '../asymmetric/stops-search.js'
import { type Capture, CaptureError } from '../captures/capture.js'
import { createBudget } from '../recompute/budget.js'
import { keyVariants } from '../recompute/key-variants.js'
import { findPlaces } from '../recompute/signature-places.js'
import { bodyReadings } from './body-reading.js'
import { CandidateCollector } from './collect-candidates.js'
import type { Discovery, SearchEffort } from './discovery.js'
import { inTurns } from './in-turns.js'
import type { Match } from './match.js'
import { type SearchCounter, type SearchKey, searchContents } from './search-contents.js'
import { searchLevels } from './search-levels.js'
import { secretNotation } from './secret-notation.js'
import { suspectReasons } from './suspect-reasons.js'
import { isHalfOfCredentials, tokenSchemes } from './token-schemes.js'

/** What {@link discover} needs to know. */
export interface DiscoverOptions {
  /** The secret with which the captures were signed. */
  readonly secret: SecretValue
  /** Milliseconds after which the search ends. Default 10,000. */
  readonly budgetMs?: number
  /** Ends the search with its reason. */
  readonly signal?: AbortSignal
}

/**
 * Finds the scheme of captured deliveries: it computes what could have been signed, likeliest first, until it meets a
 * signature. A candidate has been accepted by `verify()` for every capture; what they cannot tell is named. Where a private
 * key has signed, nothing is searched.
 *
 * @param captures deliveries of one sender, signed with one secret; several tell apart what one leaves open
 * @throws CaptureError where there is no capture
 *
 * @example
 * const { candidates } = await discover([readCapture(await readFile('delivery.http'))], { secret })
 */
export async function discover(captures: readonly Capture[], options: DiscoverOptions): Promise<Discovery> {
  const { secret, budgetMs = 10_000, signal } = options
  if (captures.length === 0) throw new CaptureError('There is no capture; give at least one.')
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
  const isInVain = asymmetric !== undefined && stopsSearch(asymmetric, places)
  for await (const { matches, search } of inTurns(isInVain ? [] : searches.map(matchesOf))) {
    const { collector } = search
    await collector.addMatches(matches, search.capture)
    if (collector.candidates.length > 0) break
    // A signature that was met and cannot be used is rarely beside another that can.
    if (collector.refusals.size > 0 && counter.contents > contentsAfterRefusal) break
  }
  const candidatesOf = () => searches.flatMap(({ collector }) => collector.candidates)
  const isWhole = candidatesOf().length > 0 || !budget.spent()
  // No signature covers the body of those, so that any reading does.
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
  if (isInVain)
    return { candidates, refusals: [], hints: [describeAsymmetric(asymmetric)], asymmetric, effort }
  const refusals = [
    ...new Set(searches.flatMap(({ collector }) => [...collector.refusals.values()])),
    ...(isHalfOfCredentials(capture, secret) ? [halfCredentials] : []),
  ]
  const hints = refusals.length > 0 ? [] : suspectReasons(captures, places, effort)
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
  'The secret is one half of the Basic credentials in "Authorization"; give both, as user:password.'

/** Of the captures the cheapest to compute; an empty body shows least. */
function smallest(captures: readonly Capture[]): Capture {
  const withBody = captures.filter(({ body }) => body.length > 0)
  const [first] = (withBody.length > 0 ? withBody : captures).toSorted(
    (a, b) => a.body.length - b.body.length,
  )
  return first as Capture
}

/** The plain readings of the secret; of those that a typing error would explain nothing could be made. */
function keysOf(secret: SecretValue): readonly SearchKey[] {
  return keyVariants([secret])
    .filter(({ bytes, faults }) => bytes.length > 0 && faults.length === 0)
    .map(({ bytes }) => ({ bytes, isSayable: secretNotation(secret, bytes) !== undefined }))
}
