import { testContractPart } from '../../../test/support/test-contract-part.js'
import { describeContract } from './support/describe-contract.js'

// contract.matrix.test.ts tests the whole contract, also with the plugin.
describeContract({ name: 'Fastify 5', withPlugin: false }, testContractPart)
