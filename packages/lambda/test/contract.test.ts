import { bufferedAndJoined } from './contract-exceptions.js'
import { describeContract } from './support/describe-contract.js'
import { httpApi } from './support/gateways.js'

// contract.matrix.test.ts tests the other gateways.
describeContract(httpApi, bufferedAndJoined)
