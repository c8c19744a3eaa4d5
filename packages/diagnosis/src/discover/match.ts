import type { HmacAlgorithm } from '@countersign/core'
import type { ContentTemplate, SignaturePlace } from '../recompute/types.js'

/** A signature of the capture that was computed again from the secret. */
export interface Match {
  readonly place: SignaturePlace
  readonly algorithm: HmacAlgorithm
  readonly key: Uint8Array
  readonly template: ContentTemplate
}
