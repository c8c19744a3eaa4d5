import { type ContractException, testAdapter } from '@countersign/conformance'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { vectors } from '../../../../test/support/committed-vectors.js'
import type { Gateway } from './gateways.js'
import { startContract } from './start-contract.js'

/** The adapter contract, or a part of it, behind a gateway. */
export function describeContract(
  gateway: Gateway,
  exceptions: readonly ContractException[],
  testContract = testAdapter,
): void {
  describe(`behind ${gateway.name}`, () => {
    testContract({
      name: `Lambda (${gateway.name})`,
      vectors,
      test,
      beforeAll,
      afterAll,
      start: (groups) => startContract(gateway, groups),
      exceptions,
    })
  })
}
