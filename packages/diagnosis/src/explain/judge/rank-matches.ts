import { createHash } from 'node:crypto'
import type { SchemeDescriptor } from '@countersign/core'
import type { Fault } from '../../recompute/types.js'
import { contentParts } from '../search/content-parts.js'
import type { Match } from '../search/match.js'
import type { WrittenPlace } from '../search/place-map.js'
import { placeFaults } from './place-faults.js'

/** A match, with all that it says is wrong. */
export interface RankedMatch {
  readonly match: Match
  readonly place: WrittenPlace
  /** All faults, the telling ones first. */
  readonly faults: readonly Fault[]
  /** Those of the header alone. */
  readonly ofPlace: readonly Fault[]
  readonly cost: number
}

/** What was signed with what. Two matches of one are two ways to say it. */
export interface MatchGroup {
  readonly best: RankedMatch
  /** Other explanations that cost the same and blame something else. */
  readonly isTie: boolean
}

/**
 * Brings what matched into an order: first by what was signed with which key, within that by cost. Several groups are
 * several explanations, of which none is the only one.
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
    (best, reading) => (costOf(reading.ofPlace) < costOf(best.ofPlace) ? reading : best),
    first,
  )
  const deep = [...body.faults, ...template.faults, ...key.faults]
  // A header's own name for its algorithm says more than the algorithm does.
  const isOldHeader = ofPlace[0]?.cause === 'sig.wrong-header'
  const ofHeader = [...ofPlace].sort((a, b) => a.cost - b.cost)
  const faults = isOldHeader
    ? [...ofHeader, ...algorithmFaults, ...deep]
    : [...algorithmFaults, ...deep, ...ofHeader]
  const cost = costOf(key.faults) + body.cost + template.cost + costOf(algorithmFaults) + costOf(ofPlace)
  return { match, place, faults, ofPlace, cost }
}

function costOf(faults: readonly Fault[]): number {
  return faults.reduce((sum, { cost }) => sum + cost, 0)
}

/** Equal keys over equal bytes, however they were come by. */
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
