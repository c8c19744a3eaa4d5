import type { StoreCall, Terms } from './claim-contract.js'

/** A call that shows what a store remembers, so many steps after everything else. */
export interface Probe {
  readonly after: number
  readonly call: StoreCall
}

/** The number of an attempt that never had the event. */
const stranger = -1

/**
 * What is asked of copies of a record to see that nothing but what the contract says is remembered: a new claim at
 * every step until all leases and retentions are over, and claims, completions and releases by all who had the event.
 *
 * @param attempts how many attempts the record has seen
 */
export function probesOf({ lease, retention }: Terms, attempts: number): Probe[] {
  const callers = [...Array.from({ length: attempts }, (_, attempt) => attempt), stranger]
  const steps = Array.from({ length: lease + retention }, (_, step) => step + 1)
  return [
    { after: 0, call: { operation: 'claim', attempt: stranger, otherContent: true } },
    { after: 0, call: { operation: 'forget', attempt: stranger } },
    ...callers.flatMap((attempt): Probe[] => [
      { after: 0, call: { operation: 'complete', attempt } },
      { after: 0, call: { operation: 'release', attempt } },
      { after: 0, call: { operation: 'claim', attempt } },
    ]),
    ...steps.map((after): Probe => ({ after, call: { operation: 'claim', attempt: stranger } })),
  ]
}
