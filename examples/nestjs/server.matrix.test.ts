import { buildNest } from '../contract/build-nest.js'
import { describeExample } from '../contract/describe-example.js'

describeExample(new URL('./', import.meta.url), { build: buildNest, command: ['node', 'dist/server.js'] })
