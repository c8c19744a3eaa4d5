import { weighEntries } from './entries.js'
import { measureStarts } from './measure-starts.js'
import { reportWeight } from './report-weight.js'
import { weighSchemes } from './weigh-schemes.js'

/** @typedef {{ readonly rounds: number }} WeightPlan how often each program is started */

/**
 * @typedef {object} WeightResult
 * @property {readonly import('./entries.js').Weight[]} weights
 * @property {readonly import('./weigh-schemes.js').SchemeWeight[]} schemes
 * @property {readonly import('./measure-starts.js').Start[]} starts
 */

/** @type {import('../family.js').Family<WeightPlan, WeightResult>} */
export const weight = {
  name: 'weight',
  title: 'Weight',
  plans: { full: { rounds: 31 }, quick: { rounds: 15 }, smoke: { rounds: 1 } },
  measure: async ({ rounds }) => ({
    weights: await weighEntries(),
    schemes: await weighSchemes(),
    starts: measureStarts(rounds),
  }),
  report: reportWeight,
}
