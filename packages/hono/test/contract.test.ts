import { testContractPart } from '../../../test/support/test-contract-part.js'
import { describeContract } from './support/describe-contract.js'

// contract.matrix.test.ts tests the whole contract.
describeContract(testContractPart)
