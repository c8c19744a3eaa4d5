import { testAdapter } from '@countersign/conformance'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { vectors } from '../../../test/support/committed-vectors.js'
import {
  buffered,
  bufferedAndJoined,
  bufferedBelowOneMebibyte,
  bufferedWithSingleValues,
} from './contract-exceptions.js'
import { functionUrl, httpApi, loadBalancer, restApi } from './support/gateways.js'
import { lattice, netlify } from './support/other-gateways.js'
import { startContract } from './support/start-contract.js'

describe.each([
  { gateway: restApi, exceptions: buffered },
  { gateway: loadBalancer({ multiValueHeaders: true }), exceptions: bufferedBelowOneMebibyte },
  { gateway: httpApi, exceptions: bufferedAndJoined },
  { gateway: functionUrl, exceptions: bufferedAndJoined },
  { gateway: lattice, exceptions: bufferedWithSingleValues },
  { gateway: netlify, exceptions: buffered },
])('behind $gateway.name', ({ gateway, exceptions }) => {
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
