import type { Vector } from '@countersign/testing'
import type { ContractGroup } from '../routes/contract-group.js'

/** A group and what is sent to its route. */
export interface VectorsOfGroup {
  readonly group: ContractGroup
  /** In the order of the file. */
  readonly vectors: readonly Vector[]
}

/** Vectors that can be sent over HTTP, by the receivers they need. */
export function groupVectors(vectors: readonly Vector[]): readonly VectorsOfGroup[] {
  const groups = new Map<string, { group: ContractGroup; vectors: Vector[] }>()
  for (const vector of vectors) {
    const { file, scheme, secrets, options, transport } = vector
    if (transport === 'direct') continue
    const key = JSON.stringify([file, secrets, options])
    const known = groups.get(key)
    if (known) known.vectors.push(vector)
    else {
      const group = { name: `${file}-${groups.size + 1}`, scheme, secrets, options }
      groups.set(key, { group, vectors: [vector] })
    }
  }
  return [...groups.values()]
}

/**
 * The vectors' receivers as JSON, for `createContractRoutes` in the program under test. `testAdapter` hands the same to `start`; this
 * is for programs that are built or started before it.
 */
export function contractGroups(vectors: readonly Vector[]): readonly ContractGroup[] {
  return groupVectors(vectors).map(({ group }) => group)
}
