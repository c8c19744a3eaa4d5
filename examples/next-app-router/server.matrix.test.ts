import { beforeAll, describe } from 'vitest'
import { buildNext } from '../contract/build-next.js'
import { describeExample } from '../contract/describe-example.js'

const folder = new URL('./', import.meta.url)

describe('examples/next-app-router', () => {
  beforeAll(() => buildNext(folder), 300_000)
  describeExample(folder)
})
