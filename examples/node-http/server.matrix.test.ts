import { describe } from 'vitest'
import { describeExample } from '../contract/describe-example.js'

describe('examples/node-http', () => {
  describeExample(new URL('./', import.meta.url))
})
