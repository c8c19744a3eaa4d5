export { explain } from './explain.js'
export type { ExplainOptions, ExplainSecret, Explanation, Finding, Framework } from './explanation.js'
