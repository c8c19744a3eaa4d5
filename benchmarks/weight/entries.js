import { measureSizes } from './measure-sizes.js'

/** @typedef {import('./measure-sizes.js').Target} Target */

/**
 * A file of `entries/`, which exports what a user imports.
 *
 * @typedef {object} Entry
 * @property {string} file
 * @property {string} name
 * @property {boolean} isAdapter its size is what it adds to that of the receiver
 * @property {readonly Target[]} targets where it runs
 */

/**
 * All with `stripe()`, whose list of events makes it the largest scheme.
 *
 * @type {readonly Entry[]}
 */
export const entries = [
  { file: 'verify', name: 'verify', isAdapter: false, targets: ['node', 'edge'] },
  { file: 'receiver', name: 'createReceiver with memoryStore', isAdapter: false, targets: ['node', 'edge'] },
  { file: 'express', name: 'Express', isAdapter: true, targets: ['node'] },
  { file: 'fastify', name: 'Fastify', isAdapter: true, targets: ['node'] },
  { file: 'hono', name: 'Hono', isAdapter: true, targets: ['node', 'edge'] },
  { file: 'next', name: 'Next.js, App Router', isAdapter: true, targets: ['node', 'edge'] },
  { file: 'next-pages', name: 'Next.js, Pages Router', isAdapter: true, targets: ['node'] },
  { file: 'lambda', name: 'AWS Lambda', isAdapter: true, targets: ['node'] },
  { file: 'node', name: 'node:http', isAdapter: true, targets: ['node'] },
  { file: 'fetch', name: 'fetch', isAdapter: true, targets: ['node', 'edge'] },
]

/**
 * An entry on one target.
 *
 * @typedef {object} Weight
 * @property {string} name
 * @property {boolean} isAdapter
 * @property {Target} target
 * @property {number} minified bytes in all
 * @property {number} gzip bytes in all
 * @property {number} counted bytes that have a limit: all, or of an adapter those that it adds
 */

/** @returns {Promise<Weight[]>} */
export async function weighEntries() {
  const weights = await Promise.all([weighFor('node'), weighFor('edge')])
  return weights.flat()
}

/**
 * @param {Target} target
 * @returns {Promise<Weight[]>}
 */
async function weighFor(target) {
  const chosen = entries.filter(({ targets }) => targets.includes(target))
  const code = (/** @type {Entry} */ { file }) => `export * from './entries/${file}.js'`
  const sizes = await measureSizes(new Map(chosen.map((entry) => [entry.file, code(entry)])), target)
  const sizeOf = (/** @type {string} */ file) => {
    const size = sizes.get(file)
    if (size === undefined) throw new Error(`${file} was not bundled.`)
    return size
  }
  const receiver = sizeOf('receiver').gzip
  return chosen.map(({ file, name, isAdapter }) => {
    const { minified, gzip } = sizeOf(file)
    return { name, isAdapter, target, minified, gzip, counted: gzip - (isAdapter ? receiver : 0) }
  })
}
