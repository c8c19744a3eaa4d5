import { describeContract } from './support/describe-contract.js'
import { newest } from './support/frameworks.js'

// contract.matrix.test.ts tests the older major.
describeContract(newest)
