import { type ContractException, testAdapter } from '@countersign/conformance'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { vectors } from '../../../../test/support/committed-vectors.js'
import type { Gateway } from './gateways.js'
import { startContract } from './start-contract.js'

/** The adapter contract behind a gateway. */
export function describeContract(gateway: Gateway, exceptions: readonly ContractException[]): void {
  describe(`behind ${gateway.name}`, () => {
    testAdapter({
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
