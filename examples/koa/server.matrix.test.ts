import { describe } from 'vitest'
import { describeExample } from '../contract/describe-example.js'

describe('examples/koa', () => {
  describeExample(new URL('./', import.meta.url))
})
