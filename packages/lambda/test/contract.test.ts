import { bufferedAndJoined } from './contract-exceptions.js'
import { describeContract } from './support/describe-contract.js'
import { httpApi } from './support/gateways.js'

// The other gateways: contract.matrix.test.ts.
describeContract(httpApi, bufferedAndJoined)
