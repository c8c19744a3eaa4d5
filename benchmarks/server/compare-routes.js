import { takeTurns } from '../load/take-turns.js'
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

/**
 * @typedef {object} Options
 * @property {number} bytes
 * @property {{ readonly port: number, readonly secret: string }} target
 * @property {number} groupRounds
 */

/**
 * Loads the routes of one server by turns.
 *
 * @param {Options & Omit<import('../load/take-turns.js').Turns, 'loads'>} options
 * @returns {Promise<Cell>}
 */
export async function compareRoutes({ bytes, target, groupRounds, ...turns }) {
  const loads = routes.map((route) => ({ ...target, path: `/${route}`, kind: 'accepted', bytes }))
  const { requests, slices } = await takeTurns({ ...turns, loads })
  const slicesOf = (/** @type {Route} */ route) => slices[routes.indexOf(route)] ?? []
  const perRound = (/** @type {Route} */ route) => slicesOf(route).map(({ perSecond }) => perSecond)
  const perGroup = (/** @type {Route} */ route, /** @type {number} */ share) =>
    poolByGroups(slicesOf(route), groupRounds).map((latencies) => quantile(latencies, share))
  const median = (/** @type {Route} */ route) => ({
    perSecond: spreadOf(perRound(route)).median,
    p50Ms: spreadOf(perGroup(route, 0.5)).median,
    p99Ms: spreadOf(perGroup(route, 0.99)).median,
  })
  const all = slices.flat()
  return {
    bytes,
    samples: requests * turns.rounds,
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
