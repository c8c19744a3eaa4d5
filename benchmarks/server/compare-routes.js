import { quantile, spreadOf } from '../statistics.js'

/** @typedef {import('../statistics.js').Spread} Spread */
/** @typedef {'snippet' | 'webhook' | 'no-dedupe'} Route */
/** @typedef {{ readonly webhook: Spread, readonly 'no-dedupe': Spread }} Ratios each route by the snippet */

/**
 * @typedef {object} Cell
 * @property {number} bytes
 * @property {number} samples latencies of each route
 * @property {Readonly<Record<Route, { perSecond: number, p50Ms: number, p99Ms: number }>>} medians
 * @property {Ratios} rate of requests per second, round by round
 * @property {Ratios} p50 of latencies, group by group of rounds
 * @property {Ratios} p99
 * @property {number} busy the server's processor time divided by the time of the slices: near 1, the server was the bottleneck
 * @property {number} generatorBusy
 */

/** @type {readonly Route[]} */
const routes = ['snippet', 'webhook', 'no-dedupe']
const firstRequests = 50

/**
 * @typedef {object} Options
 * @property {number} bytes
 * @property {number} sliceMs
 * @property {number} rounds
 * @property {number} groupRounds
 * @property {number} connections
 * @property {number} port
 * @property {string} secret
 * @property {import('../load/start-program.js').Program} server
 * @property {import('../load/start-program.js').Program} generator
 */

/**
 * Loads the routes of one server by turns.
 *
 * @param {Options} options
 * @returns {Promise<Cell>}
 */
export async function compareRoutes({ bytes, sliceMs, rounds, groupRounds, server, generator, ...target }) {
  const slice = async (/** @type {Route} */ route, /** @type {number} */ count) => {
    await generator.ask({ do: 'prepare', ...target, path: `/${route}`, kind: 'accepted', bytes, count })
    const before = await server.ask({ do: 'cpu' })
    const { ms, latenciesMs, cpuMs } = await generator.ask({ do: 'send' })
    const after = await server.ask({ do: 'cpu' })
    const busy = (after.cpuMs - before.cpuMs) / ms
    return { perSecond: (count / ms) * 1000, latenciesMs, busy, generatorBusy: cpuMs / ms }
  }
  // The same number for all routes, from how fast the first one is when warm.
  let requests = firstRequests
  for (let warmup = 0; warmup < 2; warmup++) {
    for (const route of [...routes].reverse()) {
      const { perSecond } = await slice(route, requests)
      if (route === 'snippet')
        requests = Math.max(target.connections, Math.round((perSecond * sliceMs) / 1000))
    }
  }
  /** @type {Record<Route, Awaited<ReturnType<typeof slice>>[]>} */
  const slices = { snippet: [], webhook: [], 'no-dedupe': [] }
  for (let round = 0; round < rounds; round++) {
    // Each round begins with another route, so that no route always follows the same one.
    for (let turn = 0; turn < routes.length; turn++) {
      const route = /** @type {Route} */ (routes[(round + turn) % routes.length])
      slices[route].push(await slice(route, requests))
    }
  }
  const perRound = (/** @type {Route} */ route) => slices[route].map(({ perSecond }) => perSecond)
  const perGroup = (/** @type {Route} */ route, /** @type {number} */ share) =>
    poolByGroups(slices[route], groupRounds).map((latencies) => quantile(latencies, share))
  const median = (/** @type {Route} */ route) => ({
    perSecond: spreadOf(perRound(route)).median,
    p50Ms: spreadOf(perGroup(route, 0.5)).median,
    p99Ms: spreadOf(perGroup(route, 0.99)).median,
  })
  const all = Object.values(slices).flat()
  return {
    bytes,
    samples: requests * rounds,
    medians: { snippet: median('snippet'), webhook: median('webhook'), 'no-dedupe': median('no-dedupe') },
    rate: toSnippet(perRound),
    p50: toSnippet((route) => perGroup(route, 0.5)),
    p99: toSnippet((route) => perGroup(route, 0.99)),
    busy: spreadOf(all.map(({ busy }) => busy)).median,
    generatorBusy: spreadOf(all.map(({ generatorBusy }) => generatorBusy)).median,
  }
}

/**
 * @param {(route: Route) => readonly number[]} read
 * @returns {Ratios}
 */
function toSnippet(read) {
  const peer = read('snippet')
  const ratio = (/** @type {Route} */ route) =>
    spreadOf(read(route).map((value, place) => value / (peer[place] ?? Number.NaN)))
  return { webhook: ratio('webhook'), 'no-dedupe': ratio('no-dedupe') }
}

/**
 * A single slice has too few latencies for a 99th percentile.
 *
 * @param {readonly { readonly latenciesMs: Float64Array }[]} slices
 * @param {number} size
 * @returns {number[][]} sorted
 */
function poolByGroups(slices, size) {
  const groups = []
  for (let start = 0; start < slices.length; start += size) {
    const pooled = slices.slice(start, start + size).flatMap(({ latenciesMs }) => [...latenciesMs])
    groups.push(pooled.sort((a, b) => a - b))
  }
  return groups
}
