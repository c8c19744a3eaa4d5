import { measureFlood } from './measure-flood.js'
import { plans } from './plans.js'
import { reportFlood } from './report-flood.js'

/** @type {import('../family.js').Family<import('./measure-flood.js').FloodPlan, import('./measure-flood.js').FloodResult>} */
export const flood = { name: 'flood', title: 'The flood', plans, measure: measureFlood, report: reportFlood }
