import { describeContract } from './support/describe-contract.js'

describeContract({ name: 'Fastify 5', withPlugin: false })
describeContract({ name: 'Fastify 5 (plugin)', withPlugin: true })
