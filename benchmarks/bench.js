// Side by side with peers, in one interleaved run: see README.md.
import { availableParallelism } from 'node:os'
import { measureBodies } from './bodies/measure-bodies.js'
import { bodyMarks, renderBodies } from './bodies/report-bodies.js'
import { compareThroughput } from './express/compare-throughput.js'
import { renderThroughput, throughputMarks } from './express/report-throughput.js'
import { plans } from './plans.js'
import { renderMarks } from './render-marks.js'
import { compareStores } from './stores/compare-stores.js'
import { renderStores, storeMarks } from './stores/report-stores.js'
import { compareVerification } from './verify/compare-verification.js'
import { renderVerification, verificationMarks } from './verify/report-verification.js'

const plan = planFrom(process.argv.slice(2))
console.log(`Node ${process.version} on ${process.platform}, ${availableParallelism()} processors\n`)

const verification = await compareVerification(plan.verify)
console.log(renderVerification(verification))
const throughput = await compareThroughput(plan.express)
console.log(renderThroughput(throughput))
const stores = await compareStores(plan.stores)
console.log(renderStores(stores))
const bodies = await measureBodies(plan.bodies)
console.log(renderBodies(bodies))
const marks = [
  ...verificationMarks(verification),
  ...throughputMarks(throughput),
  ...storeMarks(stores),
  ...bodyMarks(bodies),
]
console.log(renderMarks(marks))

/**
 * @param {readonly string[]} args
 * @returns {import('./plans.js').Plan}
 */
function planFrom(args) {
  const [flag = '--full', ...others] = args.filter((arg) => arg !== '--')
  const name = flag.slice(2)
  if (others.length === 0 && flag.startsWith('--') && Object.hasOwn(plans, name)) {
    return plans[/** @type {keyof typeof plans} */ (name)]
  }
  console.error(
    `Use ${Object.keys(plans)
      .map((known) => `--${known}`)
      .join(' or ')}.`,
  )
  process.exit(1)
}
