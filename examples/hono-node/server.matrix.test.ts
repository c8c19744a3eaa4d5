import { describe } from 'vitest'
import { describeExample } from '../contract/describe-example.js'

describe('examples/hono-node', () => {
  describeExample(new URL('./', import.meta.url))
})
