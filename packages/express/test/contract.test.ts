import { describeContract } from './support/describe-contract.js'
import { newest } from './support/frameworks.js'

// The older major: contract.matrix.test.ts.
describeContract(newest)
