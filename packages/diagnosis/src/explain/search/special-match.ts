import { signatureHeaderNames } from '@countersign/testing/sender'
import type { Capture } from '../../captures/capture.js'
import type { ExplainOptions } from '../explanation.js'
import type { Clue } from '../inspect/scene.js'
import type { Match } from './match.js'
import { findMissingTime } from './missing-time.js'
import type { PlaceMap } from './place-map.js'
import type { Stopwatch } from './stopwatch.js'
import { areArgumentsSwapped } from './swapped-arguments.js'
import { findUnprovenMatches, isTruncatedSignature } from './unproven-matches.js'

/** Special cases that a few digests can find. */
export interface SpecialMatch {
  /** A match with the timestamp of a lost header. */
  readonly match?: Match | undefined
  readonly isSwapped?: boolean
  /** Matches that prove nothing. */
  readonly clues: readonly Clue[]
}

export function findSpecialMatch(
  capture: Capture,
  options: ExplainOptions & { readonly now: number },
  places: PlaceMap,
  watch: Stopwatch,
): SpecialMatch {
  if (areArgumentsSwapped(capture, options)) return { isSwapped: true, clues: [] }
  const match = findMissingTime(capture, options, places, watch, options.now)
  if (match) return { match, clues: [] }
  const { signature } = options.scheme
  const names = 'encoding' in signature ? signatureHeaderNames(signature) : []
  const wanted = names.map((name) => name.toLowerCase())
  const value = capture.headers.find(([name]) => wanted.includes(name.toLowerCase()))?.[1]
  const detail = 'the rest matches the beginning of the correct signature'
  const cut: readonly Clue[] = isTruncatedSignature(capture, options, value)
    ? [{ cause: 'sig.truncated', rank: 0, detail }]
    : []
  return { clues: [...cut, ...findUnprovenMatches(capture, options, places, watch)] }
}
