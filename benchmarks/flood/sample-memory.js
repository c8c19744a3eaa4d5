import { spreadOf } from '../statistics.js'

/**
 * @typedef {object} MemoryGrowth
 * @property {number} wanted forged requests
 * @property {number} forged requests that were sent: fewer if the time was over
 * @property {readonly { readonly used: number, readonly rss: number }[]} samples bytes after garbage collection, at even distances
 * @property {{ readonly first: number, readonly last: number }} used medians of the first and the last fifth of the samples
 * @property {{ readonly first: number, readonly last: number }} rss
 * @property {number} loggedLines since the server was started, with the default settings
 */

const sampleCount = 20
const forgedKinds = ['wrong', 'unsigned', 'wrong', 'malformed']

/**
 * Samples the server's memory while it is flooded. Half of the requests have a wrong signature; the others are refused by their headers.
 *
 * @param {{ server: import('../load/start-program.js').Program, flood: import('../load/start-program.js').Program, target: import('./compare-kinds.js').Target, forged: number, mostMs: number }} options
 * @returns {Promise<MemoryGrowth>}
 */
export async function sampleMemory({ server, flood, target, forged, mostMs }) {
  const count = Math.ceil(forged / sampleCount / forgedKinds.length)
  /** @type {{ used: number, rss: number }[]} */
  const samples = []
  const start = performance.now()
  while (samples.length < sampleCount && (samples.length < 5 || performance.now() - start < mostMs)) {
    for (const kind of forgedKinds) {
      await flood.ask({ do: 'prepare', ...target, kind, count })
      await flood.ask({ do: 'send' })
    }
    samples.push(await server.ask({ do: 'memory' }))
  }
  const fifth = Math.floor(samples.length / 5)
  const growth = (/** @type {'used' | 'rss'} */ measure) => ({
    first: spreadOf(samples.slice(0, fifth).map((sample) => sample[measure])).median,
    last: spreadOf(samples.slice(-fifth).map((sample) => sample[measure])).median,
  })
  return {
    wanted: forged,
    forged: count * forgedKinds.length * samples.length,
    samples,
    used: growth('used'),
    rss: growth('rss'),
    loggedLines: server.loggedLines(),
  }
}
