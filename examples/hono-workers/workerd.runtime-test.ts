import { describeRuntimeExample } from '../contract/describe-runtime-example.js'

await describeRuntimeExample(new URL('./', import.meta.url), 'workerd')
