import type { SchemeDescriptor, Tolerance } from '../schemes/scheme.js'
import type { SecretValue } from '../secrets/secret-input.js'

/** What the search is given: the request as it came. */
export interface RefusedCapture {
  readonly method: string
  /** Whole, as the sender may have signed it. */
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
  readonly notes: readonly never[]
}

/** One reason that the search found. */
export interface Finding {
  readonly cause: string
  readonly target: string
  readonly level: 'proof' | 'hint'
  readonly advice: string
}

/** What this package uses of `@countersign/diagnosis`, which it must not depend on. */
export interface ExplainModule {
  explain(
    capture: RefusedCapture,
    options: {
      readonly scheme: SchemeDescriptor
      readonly secrets: readonly { readonly id: string; readonly value: SecretValue }[]
      readonly now: number
      readonly toleranceSeconds: Tolerance
      readonly budgetMs: number
    },
  ): Promise<{
    readonly verdict: 'valid' | 'explained' | 'unexplained'
    readonly findings: readonly Finding[]
    /** Whether the budget was enough. */
    readonly searchedWhole: boolean
  }>
}
