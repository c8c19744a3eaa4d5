import { describeContract } from './support/describe-contract.js'

// With the plugin: contract.matrix.test.ts.
describeContract({ name: 'Fastify 5', withPlugin: false })
