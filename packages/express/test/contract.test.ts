import { testContractPart } from '../../../test/support/test-contract-part.js'
import { describeContract } from './support/describe-contract.js'
import { newest } from './support/frameworks.js'

// contract.matrix.test.ts tests the whole contract, with both majors.
describeContract(newest, testContractPart)
