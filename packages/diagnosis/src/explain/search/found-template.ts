import type { ContentTemplate, Fault } from '../../recompute/types.js'

/** A signed content, and in what it differs from the scheme's. */
export interface FoundTemplate {
  readonly template: ContentTemplate
  readonly faults: readonly Fault[]
  /** 0: the scheme's own. */
  readonly steps: 0 | 1
  readonly cost: number
}
