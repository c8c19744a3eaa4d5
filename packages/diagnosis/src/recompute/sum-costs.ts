import type { Fault } from './types.js'

/** The total cost of an explanation with these faults. */
export function sumCosts(faults: readonly Fault[]): number {
  return faults.reduce((sum, { cost }) => sum + cost, 0)
}
