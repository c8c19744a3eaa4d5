import { describeExample } from '../contract/describe-example.js'

describeExample(new URL('./', import.meta.url))
