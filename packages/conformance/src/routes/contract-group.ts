import type { SchemeDescriptor } from '@countersign/core'
import type { VectorOptions, VectorSecret } from '@countersign/testing'

/** Vectors that share a receiver, as JSON: what the program needs to mount their route, without the vectors themselves. */
export interface ContractGroup {
  /** Kebab-case, unique: the last part of the route's path. */
  readonly name: string
  readonly scheme: SchemeDescriptor
  readonly secrets: readonly VectorSecret[]
  /** Settings of the receiver that differ from the scheme's. */
  readonly options: VectorOptions
}

/** The path of the route of a group. */
export function groupPath({ name }: Pick<ContractGroup, 'name'>): string {
  return `/contract/vectors/${name}`
}
