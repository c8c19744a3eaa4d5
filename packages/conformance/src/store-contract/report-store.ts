import type { Exploration } from '../explorer/explore-claims.js'
import type { Capability } from './store-case.js'

/** What became of a run. */
export interface StoreReport {
  readonly name: string
  readonly passed: number
  readonly failed: number
  /** How many cases the store was not asked, and what it lacks for them. */
  readonly spared: ReadonlyMap<Capability, number>
  readonly exploration: Exploration | undefined
}

/** The line that tells a run in short. */
export function describeStoreReport({ name, passed, failed, spared, exploration }: StoreReport): string {
  const histories = exploration?.histories.toLocaleString('en-US') ?? 'no'
  const parts = [
    `${passed} cases pass`,
    ...(failed > 0 ? [`${failed} ${failed === 1 ? 'test fails' : 'tests fail'}`] : []),
    ...[...spared].map(([capability, count]) => `${count} are for stores that are ${capability}`),
    `the exploration saw ${histories} histories`,
  ]
  return `contract: ${name}: ${parts.join(', ')}`
}
