import { describeContract } from './support/describe-contract.js'

describeContract('ioredis')
describeContract('a function that parses replies')
