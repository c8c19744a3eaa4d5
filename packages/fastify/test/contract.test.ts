import { describeContract } from './support/describe-contract.js'

// contract.matrix.test.ts tests the plugin.
describeContract({ name: 'Fastify 5', withPlugin: false })
