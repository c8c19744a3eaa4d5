import type { Vector } from '@countersign/testing'
import type { ContractGroup } from '../routes/contract-group.js'

/** A group, and the vectors that are sent to its route. */
export interface VectorsOfGroup {
  readonly group: ContractGroup
  /** In the order of the file. */
  readonly vectors: readonly Vector[]
}

/** Groups the vectors that can be sent over HTTP by the receiver they need. */
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
 * Returns the receivers that the vectors need, as JSON for `createContractRoutes` in the program under test. `testAdapter` passes the
 * same to `start`; call this for programs that are built or started earlier.
 *
 * @example
 * import { contractGroups } from '@countersign/conformance'
 * import { loadVectors } from '@countersign/testing'
 * import { writeFile } from 'node:fs/promises'
 *
 * const groups = contractGroups(await loadVectors('test-vectors/vectors'))
 * await writeFile('contract-groups.json', JSON.stringify(groups))
 */
export function contractGroups(vectors: readonly Vector[]): readonly ContractGroup[] {
  return groupVectors(vectors).map(({ group }) => group)
}
