import { goals } from './limits.js'

/** @typedef {import('./entries.js').Weight} Weight */
/** @typedef {import('./family.js').WeightResult} WeightResult */

const kB = 1024
const targetNames = { node: 'Node', edge: 'edge' }

/**
 * @param {WeightResult} result
 * @returns {import('../family.js').Report}
 */
export function reportWeight({ weights, schemes, starts }) {
  return {
    tables: [
      {
        title: 'kB after minification and gzip, with stripe()',
        columns: ['', 'for', 'minified', 'gzip', 'beyond the receiver'],
        rows: weights.map(({ name, isAdapter, target, minified, gzip, counted }) => [
          name,
          targetNames[target],
          inKb(minified),
          inKb(gzip),
          isAdapter ? inKb(counted) : '',
        ]),
      },
      {
        title: 'kB of verify with one scheme, after minification and gzip, for Node',
        columns: ['scheme', 'gzip'],
        rows: schemes.map(({ name, gzip }) => [name, inKb(gzip)]),
      },
      {
        title: 'Start of a program that imports, divided by a start of bare Node: median (p25-p75)',
        columns: ['', 'ratio', 'ms more'],
        rows: starts.map(({ name, ratio: { median, p25, p75 }, addedMs }) => [
          name,
          `${median.toFixed(2)} (${p25.toFixed(2)}-${p75.toFixed(2)})`,
          addedMs.toFixed(1),
        ]),
      },
    ],
    plots: [
      {
        name: 'weight-adapters',
        title: 'What each adapter adds to the receiver, minified and compressed',
        unit: 'kB',
        kind: 'bars',
        ...adapterBars(weights),
        goal: { value: goals.adapter / kB, label: `at most ${goals.adapter / kB} kB` },
      },
    ],
    marks: [
      markOf(
        'verify with one scheme, kB',
        goals.verify,
        weights.filter(({ name }) => name === 'verify'),
      ),
      markOf(
        'createReceiver with one scheme and memoryStore, kB',
        goals.receiver,
        weights.filter(({ name }) => name.startsWith('createReceiver')),
      ),
      markOf(
        'each adapter beyond the receiver, kB',
        goals.adapter,
        weights.filter(({ isAdapter }) => isAdapter),
      ),
    ],
    skipped: [],
  }
}

/** @param {readonly Weight[]} weights */
function adapterBars(weights) {
  const adapters = weights.filter(({ isAdapter }) => isAdapter)
  const categories = [...new Set(adapters.map(({ name }) => name))]
  const series = /** @type {const} */ (['node', 'edge']).map((target) => ({
    name: targetNames[target],
    values: categories.map((category) => {
      const found = adapters.find((weight) => weight.name === category && weight.target === target)
      return found ? found.counted / kB : null
    }),
  }))
  return { categories, series }
}

/**
 * @param {string} name
 * @param {number} goal
 * @param {readonly Weight[]} weights
 * @returns {import('../family.js').Mark}
 */
function markOf(name, goal, weights) {
  const [worst] = [...weights].sort((a, b) => b.counted - a.counted)
  if (worst === undefined) throw new Error(`Nothing was weighed for: ${name}`)
  const { counted, target } = worst
  return {
    name: `Weight: ${name}`,
    most: goal / kB,
    value: counted / kB,
    isMet: counted <= goal,
    where: `${worst.name}, ${targetNames[target]}`,
  }
}

/** @param {number} bytes */
function inKb(bytes) {
  return (bytes / kB).toFixed(2)
}
