// Measures chosen frameworks and prints the cells as JSON.
import { parseArgs } from 'node:util'
import { compareFrameworks } from './compare-frameworks.js'
import { plans } from './plans.js'

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    bytes: { type: 'string' },
    quick: { type: 'boolean' },
    smoke: { type: 'boolean' },
  },
})
const plan = values.smoke ? plans.smoke : values.quick ? plans.quick : plans.full
const sizes = values.bytes ? [Number(values.bytes)] : plan.sizes
const names = values.only?.split(',') ?? plan.frameworks
console.log(JSON.stringify(await compareFrameworks({ ...plan, sizes, frameworks: names }), undefined, 1))
