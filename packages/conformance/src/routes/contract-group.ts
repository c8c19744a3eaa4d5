import type { SchemeDescriptor } from '@countersign/core'
import type { VectorOptions, VectorSecret } from '@countersign/testing'

/** A receiver that some vectors share, as JSON: what the program needs to mount their route, without the vectors. */
export interface ContractGroup {
  /** A unique name in kebab-case: the last part of the route's path. */
  readonly name: string
  /** The scheme of the receiver. */
  readonly scheme: SchemeDescriptor
  /** The secrets of the receiver. */
  readonly secrets: readonly VectorSecret[]
  /** Options of the receiver that differ from the scheme's defaults. */
  readonly options: VectorOptions
}

/** The path of a group's route. */
export function groupPath({ name }: Pick<ContractGroup, 'name'>): string {
  return `/contract/vectors/${name}`
}
