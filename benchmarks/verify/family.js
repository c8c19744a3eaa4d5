import { runtimes } from '../../test/runtimes/runtimes.js'
import { comparedRuntimes, plans } from './plans.js'
import { reportVerification } from './report-verification.js'
import { isThisNode, obtainRuntime, runInRuntime, thisNode } from './run-in-runtime.js'

/**
 * @typedef {object} VerifyResult
 * @property {readonly Run[]} runs the first is of the Node that ran the benchmark
 * @property {readonly string[]} skipped
 */

/** @typedef {{ readonly runtime: string, readonly version: string, readonly rows: readonly import('./compare.js').Row[] }} Run */

/** @type {import('../family.js').Family<import('./plans.js').VerifyPlan, VerifyResult>} */
export const verify = {
  name: 'verify',
  title: 'verify()',
  plans,
  measure,
  report: reportVerification,
}

/**
 * @param {import('./plans.js').VerifyPlan} plan
 * @returns {Promise<VerifyResult>}
 */
async function measure({ here, elsewhere }) {
  const runs = [await runInRuntime(thisNode, { withLibraries: true, amount: here })]
  const skipped = []
  for (const name of comparedRuntimes.filter((name) => !isThisNode(name))) {
    const { title } = runtimes[name]
    if (elsewhere === undefined) {
      skipped.push(`${title} was not measured: this plan compares only the Node that runs it.`)
      continue
    }
    const runtime = await obtainRuntime(name).catch((error) => {
      skipped.push(`${title} was not measured: ${error.message}.`)
    })
    if (runtime) runs.push(await runInRuntime(runtime, { withLibraries: false, amount: elsewhere }))
  }
  return { runs, skipped }
}
