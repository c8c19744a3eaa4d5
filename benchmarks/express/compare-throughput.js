import { randomBytes } from 'node:crypto'
import { spreadOf } from '../statistics.js'
import { makeLoad } from './make-load.js'
import { sendLoad } from './send-load.js'
import { startServer } from './start-server.js'

/** @typedef {import('../statistics.js').Spread} Spread */

/**
 * @typedef {object} ThroughputRow
 * @property {number} bytes
 * @property {Readonly<Record<Route, number>>} perSecond median requests per second
 * @property {Spread} toSnippet `webhook()` by the snippet, slice by slice
 * @property {Spread} withoutDedupe `webhook()` without an identity by the snippet
 * @property {Spread} dedupe `webhook()` by itself without an identity
 * @property {number} busy the server's processor time divided by the time of the slices: near 1, the server was the bottleneck
 */

/** @typedef {'snippet' | 'webhook' | 'no-dedupe'} Route */
/** @type {readonly Route[]} */
const routes = ['snippet', 'webhook', 'no-dedupe']

/**
 * Measures requests per second of one Express server. Its routes take turns in the same run.
 *
 * @param {import('../plans.js').ExpressPlan} plan
 * @returns {Promise<ThroughputRow[]>}
 */
export async function compareThroughput({ loads, rounds }) {
  const secret = randomBytes(32).toString('hex')
  const server = await startServer(secret)
  try {
    /** @type {ThroughputRow[]} */
    const rows = []
    for (const load of loads) rows.push(await compareRoutes({ ...load, rounds, secret, server }))
    return rows
  } finally {
    await server.stop()
  }
}

/**
 * @param {{ bytes: number, requests: number, rounds: number, secret: string, server: import('./start-server.js').BenchmarkServer }} options
 * @returns {Promise<ThroughputRow>}
 */
async function compareRoutes({ bytes, requests, rounds, secret, server }) {
  const slice = async (/** @type {Route} */ route) => {
    const load = makeLoad({ count: requests, bytes, secret })
    const cpuBefore = await server.cpuMs()
    const ms = await sendLoad({ port: server.port, path: `/${route}`, load })
    const cpuMs = (await server.cpuMs()) - cpuBefore
    return { perSecond: (requests / ms) * 1000, busy: cpuMs / ms }
  }
  for (const route of routes) await slice(route)
  /** @type {Record<Route, number[]>} */
  const perSecond = { snippet: [], webhook: [], 'no-dedupe': [] }
  /** @type {number[]} */
  const busy = []
  for (let round = 0; round < rounds; round++) {
    // Each round begins with another route, so that no route always follows the same one.
    for (let turn = 0; turn < routes.length; turn++) {
      const route = /** @type {Route} */ (routes[(round + turn) % routes.length])
      const seen = await slice(route)
      perSecond[route].push(seen.perSecond)
      busy.push(seen.busy)
    }
  }
  const ratio = (/** @type {Route} */ a, /** @type {Route} */ b) =>
    spreadOf(perSecond[a].map((rate, round) => rate / (perSecond[b][round] ?? Number.NaN)))
  return {
    bytes,
    perSecond: {
      snippet: spreadOf(perSecond.snippet).median,
      webhook: spreadOf(perSecond.webhook).median,
      'no-dedupe': spreadOf(perSecond['no-dedupe']).median,
    },
    toSnippet: ratio('webhook', 'snippet'),
    withoutDedupe: ratio('no-dedupe', 'snippet'),
    dedupe: ratio('webhook', 'no-dedupe'),
    busy: spreadOf(busy).median,
  }
}
