import type { Capture } from '../../captures/capture.js'
import { contentParts } from './content-parts.js'
import { digestOver } from './digest-over.js'
import { findDigestPlaces } from './digest-places.js'
import type { Match } from './match.js'
import { mapPlaces, type PlaceMap } from './place-map.js'
import { type Combinations, planSearch, type SearchInput } from './search-plan.js'
import type { Stopwatch } from './stopwatch.js'

/** The result of a search. */
export interface SearchResult {
  /** All matches with the smallest number of faults that gave any. */
  readonly matches: readonly Match[]
  readonly places: PlaceMap
  readonly isWhole: boolean
}

/**
 * Recomputes the signature for every variant of secret, body, signed content and algorithm. Faults of the header cost
 * nothing: a digest is recognized in any place.
 *
 * @param isSettled called after no single fault explained it; returns true to skip the search for two faults at once
 */
export async function search(
  capture: Capture,
  input: SearchInput,
  watch: Stopwatch,
  isSettled: (places: PlaceMap) => boolean,
): Promise<SearchResult> {
  const places = mapPlaces(findDigestPlaces(capture))
  const matches: Match[] = []
  const { phases, isPartial } = planSearch(capture, input, places.lengths, watch)
  if (phases.length === 0) isSettled(places)
  for (const [faults, phase] of phases.entries()) {
    if (faults === 2 && isSettled(places)) return { matches, places, isWhole: true }
    for (const makeCombinations of phase) {
      if (!(await tryAll(makeCombinations(), places, watch, matches)))
        return { matches, places, isWhole: false }
      // Equal digests mean equal keys and contents: an equally good explanation would need a different digest.
      if (matches.length > 0 && !hasOthers(matches, places)) break
    }
    if (matches.length > 0) return { matches, places, isWhole: true }
  }
  return { matches, places, isWhole: !isPartial && !watch.isOver(Number.POSITIVE_INFINITY) }
}

/** Whether the request has more digests of the matched length that nothing matched yet. */
function hasOthers(matches: readonly Match[], places: PlaceMap): boolean {
  const matched = matches.flatMap((match) => match.places.slice(0, 1).map(({ bytes }) => bytes))
  const names = new Set(matched.map((bytes) => Buffer.from(bytes).toString('latin1')))
  return matched.some(({ length }) => places.countOf(length) > names.size)
}

/** @returns whether there was time for all combinations */
async function tryAll(
  { bodies, templates, algorithms, keys }: Combinations,
  places: PlaceMap,
  watch: Stopwatch,
  matches: Match[],
): Promise<boolean> {
  for (const body of bodies) {
    // Iterate even if there is nothing to try with a body: iterating keeps it for later phases.
    if (watch.isOver(body.bytes.length)) return false
    const partsFor = contentParts(body.bytes)
    for (const template of templates) {
      const pause = watch.pause()
      if (pause) await pause
      const digest = digestOver(partsFor(template.template))
      for (const { algorithm, faults } of algorithms) {
        for (const key of keys) {
          if (watch.isOver(body.bytes.length)) return false
          const found = places.atLatin1(digest(algorithm, key.bytes))
          if (found) matches.push({ body, template, algorithm, algorithmFaults: faults, key, places: found })
        }
      }
    }
  }
  return true
}
