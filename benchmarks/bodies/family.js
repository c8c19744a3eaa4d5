import { adapters } from './adapters.js'
import { measureBigBodies } from './measure-big-bodies.js'
import { measureSlowBodies } from './measure-slow-bodies.js'
import { reportBigBodies } from './report-big-bodies.js'
import { reportSlowBodies } from './report-slow-bodies.js'

/**
 * @typedef {object} BodyPlan
 * @property {readonly string[]} names of the adapters
 * @property {readonly number[]} sizes of big bodies, in bytes
 * @property {number} rounds how often each is measured, in a new process
 * @property {SlowPlan} slow
 *
 * @typedef {object} SlowPlan
 * @property {number} bytes that come in all
 * @property {number} connections over which slow senders spread them
 *
 * @typedef {object} BodyResult
 * @property {readonly import('./measure-big-bodies.js').BigRow[]} big
 * @property {readonly import('./measure-slow-bodies.js').SlowRow[]} slow
 */

const MiB = 2 ** 20
const names = Object.keys(adapters)

/** @type {import('../family.js').Family<BodyPlan, BodyResult>} */
export const bodies = {
  name: 'bodies',
  title: 'Bodies',
  plans: {
    full: {
      names,
      sizes: [MiB, 10 * MiB, 25 * MiB],
      rounds: 2,
      slow: { bytes: 300_000, connections: 60 },
    },
    quick: { names, sizes: [MiB, 10 * MiB, 25 * MiB], rounds: 1, slow: { bytes: 100_000, connections: 20 } },
    // One adapter for each of the two readers: every other is one more process, or two.
    smoke: {
      names: ['node:http', 'fetch'],
      sizes: [MiB],
      rounds: 1,
      slow: { bytes: 10_000, connections: 5 },
    },
  },
  async measure({ names, sizes, rounds, slow }) {
    const big = await measureBigBodies({ names, sizes, rounds })
    return { big, slow: await measureSlowBodies(names, slow) }
  },
  report({ big, slow }) {
    const reports = [reportBigBodies(big), reportSlowBodies(slow)]
    return {
      tables: reports.flatMap(({ tables }) => tables),
      plots: reports.flatMap(({ plots }) => plots),
      marks: reports.flatMap(({ marks }) => marks),
      skipped: [
        'Bodies on Next.js were not measured: it reads them with the reader of fetch or of node:http.',
        'Bodies on Lambda were not measured: it gets complete bodies.',
      ],
    }
  },
}
