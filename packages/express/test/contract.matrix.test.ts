import { describeContract } from './support/describe-contract.js'
import { older } from './support/frameworks.js'

describeContract(older)
