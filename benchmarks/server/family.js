import { compareFrameworks } from './compare-frameworks.js'
import { plans } from './plans.js'
import { reportServers } from './report-servers.js'

/** @type {import('../family.js').Family<import('./compare-frameworks.js').ServerPlan, import('./compare-frameworks.js').ServerResult>} */
export const server = {
  name: 'server',
  title: 'Through the server',
  plans,
  measure: compareFrameworks,
  report: reportServers,
}
