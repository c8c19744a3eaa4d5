import type { SchemeDescriptor, Tolerance } from '@countersign/core'
import type { FaultTarget } from '../../recompute/types.js'
import type { Framework } from '../explanation.js'
import type { RankedMatch } from '../judge/rank-matches.js'

/** What advice may speak of. None of it is a secret, a signature or a piece of a body. */
export interface AdviceFacts {
  readonly framework: Framework | undefined
  readonly scheme: SchemeDescriptor
  /** What matched, where something did. */
  readonly match?: RankedMatch
  /** What the secret that matched is called, and whether it is the one in use. */
  readonly secretId?: string
  readonly ageSeconds?: number | undefined
  readonly tolerance?: Tolerance
  /** Numbers and names that belong to this finding alone. */
  readonly detail?: string
}

/** What a cause is a fault of, and what to do about it. */
export interface Cause {
  readonly target: FaultTarget
  readonly advice: (facts: AdviceFacts) => string
}

/** Causes by their names. */
export type Causes = Readonly<Record<string, Cause>>

/** Causes of one target, whose advice is mostly a text as it stands. */
export function causesOf(
  target: FaultTarget,
  advice: Readonly<Record<string, string | ((facts: AdviceFacts) => string)>>,
): Causes {
  return Object.fromEntries(
    Object.entries(advice).map(([cause, text]) => [
      cause,
      { target, advice: typeof text === 'string' ? () => text : text },
    ]),
  )
}
