import { describeContract } from './support/describe-contract.js'
import { newest, older } from './support/frameworks.js'

describeContract(newest)
describeContract(older)
