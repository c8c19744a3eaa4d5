import type { SchemeDescriptor, Tolerance } from '@countersign/core'
import type { FaultTarget } from '../../recompute/types.js'
import type { Framework } from '../explanation.js'
import type { RankedMatch } from '../judge/rank-matches.js'

/** What advice may mention. None of it is a secret, a signature or part of a body. */
export interface AdviceFacts {
  readonly framework: Framework | undefined
  readonly scheme: SchemeDescriptor
  /** The match, if there is one. */
  readonly match?: RankedMatch
  /** The id of the secret that matched; undefined if it is the one in use. */
  readonly secretId?: string
  readonly ageSeconds?: number | undefined
  readonly tolerance?: Tolerance
  /** Numbers and names of this finding. */
  readonly detail?: string
}

/** The target a cause blames, and the advice for it. */
export interface Cause {
  readonly target: FaultTarget
  readonly advice: (facts: AdviceFacts) => string
}

/** Causes by their ids. */
export type Causes = Readonly<Record<string, Cause>>

/** Defines the causes of one target. Most advice is fixed text. */
export function defineCauses(
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
