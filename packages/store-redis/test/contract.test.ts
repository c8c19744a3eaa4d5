import { describeContract } from './support/describe-contract.js'

// The other clients: contract.matrix.test.ts.
describeContract('node-redis')
