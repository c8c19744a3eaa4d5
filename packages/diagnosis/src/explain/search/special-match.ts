import { signatureHeaderNames } from '@countersign/testing/sender'
import type { Capture } from '../../captures/capture.js'
import type { ExplainOptions } from '../explanation.js'
import type { Clue } from '../inspect/clue.js'
import { findDoubtful, isBeginning } from './doubtful.js'
import type { Match } from './match.js'
import { findMissingTime } from './missing-time.js'
import type { PlaceMap } from './place-map.js'
import type { Stopwatch } from './stopwatch.js'
import { isSwapped } from './swapped.js'

/** What is neither a fault of one side nor of two, and is found in a few digests. */
export interface SpecialMatch {
  /** Under a time that a lost header held. */
  readonly match?: Match | undefined
  readonly isSwapped?: boolean
  /** Matches that prove nothing. */
  readonly clues: readonly Clue[]
}

export function findSpecial(
  capture: Capture,
  options: ExplainOptions & { readonly now: number },
  places: PlaceMap,
  watch: Stopwatch,
): SpecialMatch {
  if (isSwapped(capture, options)) return { isSwapped: true, clues: [] }
  const match = findMissingTime(capture, options, places, watch, options.now)
  if (match) return { match, clues: [] }
  const { signature } = options.scheme
  const names = 'encoding' in signature ? signatureHeaderNames(signature) : []
  const wanted = names.map((name) => name.toLowerCase())
  const value = capture.headers.find(([name]) => wanted.includes(name.toLowerCase()))?.[1]
  const detail = 'what is left is the beginning of the right one'
  const cut: readonly Clue[] = isBeginning(capture, options, value)
    ? [{ cause: 'sig.truncated', rank: 0, detail }]
    : []
  return { clues: [...cut, ...findDoubtful(capture, options, places, watch)] }
}
