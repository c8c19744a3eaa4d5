import { buildNext } from '../contract/build-next.js'
import { describeExample } from '../contract/describe-example.js'

describeExample(new URL('./', import.meta.url), { build: buildNext })
