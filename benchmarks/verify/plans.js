/** @typedef {import('../../test/runtimes/runtimes.js').RuntimeName} RuntimeName */

/**
 * The Node that runs the benchmark is compared with everything, the other runtimes only with the snippets and the limit.
 *
 * @typedef {object} VerifyPlan
 * @property {import('./compare.js').Amount} here
 * @property {import('./compare.js').Amount} [elsewhere]
 */

const kB = 1024
const sizes = [64, 512, 2 * kB, 8 * kB, 64 * kB, 256 * kB, 1024 * kB]

/** @type {readonly RuntimeName[]} */
export const comparedRuntimes = ['node-20', 'node-22', 'node-24', 'node-26', 'bun', 'deno']

/** @satisfies {Record<import('../family.js').PlanName, VerifyPlan>} */
export const plans = {
  /** About two minutes. */
  full: {
    here: { warmMs: 400, sizes, slices: 15, sliceMs: 7 },
    elsewhere: { warmMs: 300, sizes, slices: 9, sliceMs: 4 },
  },
  /** About half a minute, with more spread. */
  quick: {
    here: { warmMs: 150, sizes, slices: 9, sliceMs: 3 },
    elsewhere: { warmMs: 150, sizes, slices: 5, sliceMs: 2 },
  },
  /** Only shows that everything works. */
  smoke: {
    here: { warmMs: 0, sizes: [64, 64 * kB, 1024 * kB], slices: 2, sliceMs: 0.1 },
  },
}
