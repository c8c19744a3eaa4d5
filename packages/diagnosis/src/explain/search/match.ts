import type { FoundBody } from '../../recompute/body-variants/body-variants.js'
import type { DigestAlgorithm } from '../../recompute/compute-digest.js'
import type { FoundKey } from '../../recompute/key-variants.js'
import type { Fault } from '../../recompute/types.js'
import type { FoundTemplate } from './found-template.js'
import type { WrittenPlace } from './place-map.js'

/** A recomputed digest that stands in the headers, and what it was computed from. */
export interface Match {
  readonly key: FoundKey
  readonly body: FoundBody
  readonly template: FoundTemplate
  readonly algorithm: DigestAlgorithm
  readonly algorithmFaults: readonly Fault[]
  readonly places: readonly WrittenPlace[]
}
