import type { Exploration } from '../explorer/explore-claims.js'
import type { Capability } from './store-case.js'

/** The result of a run. */
export interface StoreReport {
  readonly name: string
  readonly passed: number
  readonly failed: number
  /** How many cases were skipped, by the capability that the store lacks. */
  readonly skipped: ReadonlyMap<Capability, number>
  readonly exploration: Exploration | undefined
}

/** Summarises a run in one line. */
export function describeStoreReport({ name, passed, failed, skipped, exploration }: StoreReport): string {
  const histories = exploration?.histories.toLocaleString('en-US') ?? 'no'
  const parts = [
    `${passed} cases pass`,
    ...(failed > 0 ? [`${failed} ${failed === 1 ? 'test fails' : 'tests fail'}`] : []),
    ...[...skipped].map(([capability, count]) => `${count} are only for stores that are ${capability}`),
    `the exploration ran ${histories} histories`,
  ]
  return `contract: ${name}: ${parts.join(', ')}`
}
