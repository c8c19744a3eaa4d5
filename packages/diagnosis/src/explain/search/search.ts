import type { Capture } from '../../captures/capture.js'
import { contentParts } from './content-parts.js'
import { digestOver } from './digest-over.js'
import type { Match } from './match.js'
import { mapPlaces, type PlaceMap } from './place-map.js'
import { type Product, planSearch, type SearchInput } from './search-plan.js'
import type { Stopwatch } from './stopwatch.js'
import { writtenPlaces } from './written-places.js'

/** What a search found. */
export interface SearchResult {
  /** All that match in the fewest steps in which anything does. */
  readonly matches: readonly Match[]
  readonly places: PlaceMap
  readonly isWhole: boolean
}

/**
 * Recomputes the signature under every reading of secret, body, signed content and algorithm. Faults of the header come
 * for nothing: wherever a digest stands, it is recognised.
 *
 * @param isSettled asked where no single fault explains it, before two at once are looked for
 */
export async function search(
  capture: Capture,
  input: SearchInput,
  watch: Stopwatch,
  isSettled: (places: PlaceMap) => boolean,
): Promise<SearchResult> {
  const places = mapPlaces(writtenPlaces(capture))
  const matches: Match[] = []
  const { phases, isPartial } = planSearch(capture, input, places.lengths, watch)
  if (phases.length === 0) isSettled(places)
  for (const [faults, phase] of phases.entries()) {
    if (faults === 2 && isSettled(places)) return { matches, places, isWhole: true }
    for (const makeProduct of phase) {
      if (!(await tryAll(makeProduct(), places, watch, matches))) return { matches, places, isWhole: false }
      // Equal digests are of equal keys and contents: another explanation, as good, would be of another digest.
      if (matches.length > 0 && !hasOthers(matches, places)) break
    }
    if (matches.length > 0) return { matches, places, isWhole: true }
  }
  return { matches, places, isWhole: !isPartial && !watch.isOver(Number.POSITIVE_INFINITY) }
}

/** Whether there are digests as long as those that matched, which nothing has matched yet. */
function hasOthers(matches: readonly Match[], places: PlaceMap): boolean {
  const matched = matches.flatMap((match) => match.places.slice(0, 1).map(({ bytes }) => bytes))
  const names = new Set(matched.map((bytes) => Buffer.from(bytes).toString('latin1')))
  return matched.some(({ length }) => places.countOf(length) > names.size)
}

/** @returns whether there was time for all */
async function tryAll(
  { bodies, templates, algorithms, keys }: Product,
  places: PlaceMap,
  watch: Stopwatch,
  matches: Match[],
): Promise<boolean> {
  for (const body of bodies) {
    // The list is gone through also where nothing can be tried with it: what is in it is kept for later.
    if (watch.isOver(body.bytes.length)) return false
    const partsFor = contentParts(body.bytes)
    for (const template of templates) {
      const pause = watch.pause()
      if (pause) await pause
      const digest = digestOver(partsFor(template.template))
      for (const { algorithm, faults } of algorithms) {
        for (const key of keys) {
          if (watch.isOver(body.bytes.length)) return false
          const found = places.named(digest(algorithm, key.bytes))
          if (found) matches.push({ body, template, algorithm, algorithmFaults: faults, key, places: found })
        }
      }
    }
  }
  return true
}
