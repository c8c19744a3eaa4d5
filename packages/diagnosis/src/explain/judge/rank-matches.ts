import { createHash } from 'node:crypto'
import type { SchemeDescriptor } from '@countersign/core'
import { sumCosts } from '../../recompute/sum-costs.js'
import type { Fault } from '../../recompute/types.js'
import { contentParts } from '../search/content-parts.js'
import type { Match } from '../search/match.js'
import type { DigestPlace } from '../search/place-map.js'
import { placeFaults } from './place-faults.js'

/** A match with everything that is wrong according to it. */
export interface RankedMatch {
  readonly match: Match
  readonly place: DigestPlace
  /** All faults, the most informative first. */
  readonly faults: readonly Fault[]
  /** The faults of the header only. */
  readonly ofPlace: readonly Fault[]
  readonly cost: number
}

/** Matches with the same content and key: alternative explanations of one fact. */
export interface MatchGroup {
  readonly best: RankedMatch
  /** Whether another explanation costs the same and blames something else. */
  readonly isTie: boolean
}

/**
 * Groups matches by signed content and key, and sorts by cost. With several groups, no explanation is the only one.
 */
export function rankMatches(matches: readonly Match[], scheme: SchemeDescriptor): readonly MatchGroup[] {
  const groups = new Map<string, RankedMatch[]>()
  for (const match of matches) {
    const ranked = rankMatch(match, scheme)
    const name = contentName(match)
    const known = groups.get(name)
    if (known) known.push(ranked)
    else groups.set(name, [ranked])
  }
  const sorted = [...groups.values()].map((group) => group.sort((a, b) => a.cost - b.cost))
  return sorted
    .flatMap(([best, ...others]) =>
      best ? [{ best, isTie: others.some((other) => isTied(best, other)) }] : [],
    )
    .sort((a, b) => a.best.cost - b.best.cost)
}

function rankMatch(match: Match, scheme: SchemeDescriptor): RankedMatch {
  const { key, body, template, algorithm, algorithmFaults, places } = match
  const { signature } = scheme
  const proof = 'encoding' in signature ? signature : undefined
  const readings = places.map((place) => ({
    place,
    ofPlace: proof ? placeFaults(place, proof, algorithm !== proof.algorithm) : [],
  }))
  const [first, ...rest] = readings as [(typeof readings)[number], ...(typeof readings)[number][]]
  const { place, ofPlace } = rest.reduce(
    (best, reading) => (sumCosts(reading.ofPlace) < sumCosts(best.ofPlace) ? reading : best),
    first,
  )
  const deep = [...body.faults, ...template.faults, ...key.faults]
  // The algorithm named by the header is more informative than the algorithm itself.
  const isOldHeader = ofPlace[0]?.cause === 'sig.wrong-header'
  const ofHeader = [...ofPlace].sort((a, b) => a.cost - b.cost)
  const faults = isOldHeader
    ? [...ofHeader, ...algorithmFaults, ...deep]
    : [...algorithmFaults, ...deep, ...ofHeader]
  const cost =
    sumCosts(key.faults) + body.cost + template.cost + sumCosts(algorithmFaults) + sumCosts(ofPlace)
  return { match, place, faults, ofPlace, cost }
}

/** Identifies equal keys over equal bytes, whatever variants led to them. */
function contentName({ key, body, template, algorithm }: Match): string {
  const content = createHash('sha256')
  for (const part of contentParts(body.bytes)(template.template)) content.update(part)
  return [algorithm, Buffer.from(key.bytes).toString('latin1'), content.digest('binary')].join('\0')
}

function isTied(best: RankedMatch, other: RankedMatch): boolean {
  const targetsOf = ({ faults }: RankedMatch) =>
    [...new Set(faults.map(({ target }) => target))].sort().join()
  return other.cost - best.cost < 0.05 && targetsOf(best) !== targetsOf(other)
}
