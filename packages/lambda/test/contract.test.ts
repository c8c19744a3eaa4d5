import { testContractPart } from '../../../test/support/test-contract-part.js'
import { bufferedAndJoined } from './contract-exceptions.js'
import { describeContract } from './support/describe-contract.js'
import { httpApi } from './support/gateways.js'

// contract.matrix.test.ts tests the whole contract, behind all gateways.
describeContract(httpApi, bufferedAndJoined, testContractPart)
