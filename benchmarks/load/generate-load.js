// The load generator: a separate program, so that it shares no event loop and no garbage collection with anything measured.
import { Connection } from './connection.js'
import { expectedStatuses, makeRequests } from './make-requests.js'
import { sendAtRate } from './send-at-rate.js'
import { sendInTurn } from './send-requests.js'

/** Receivers do not remember forged requests, so a few of them can be sent again and again. */
const distinctForged = 64

/**
 * @typedef {object} Load
 * @property {number} port
 * @property {string} path
 * @property {string} secret
 * @property {import('./make-requests.js').Kind} kind
 * @property {number} bytes
 * @property {number} count
 * @property {number} connections
 */

/** @type {Connection[]} */
const connections = []
/** @type {import('./send-requests.js').Sending} */
let sending

/** @type {Record<string, (command: Load & { perSecond: number, forMs: number }) => Promise<object>>} */
const commands = {
  /** Signs the requests and opens the connections, which the next loads use again. */
  async prepare(load) {
    const { kind, count } = load
    const distinct = kind === 'accepted' ? count : Math.min(count, distinctForged)
    const requests = makeRequests({ ...load, count: distinct })
    while (connections.length < load.connections) connections.push(new Connection(load.port))
    const used = connections.slice(0, load.connections)
    await Promise.all(used.map((connection) => connection.open()))
    sending = { connections: used, requests, count, status: expectedStatuses[kind] }
    return {}
  },
  async send() {
    const before = process.cpuUsage()
    const sent = await sendInTurn(sending)
    const { user, system } = process.cpuUsage(before)
    return { ...sent, cpuMs: (user + system) / 1000 }
  },
  sendAtRate: (pace) => sendAtRate(sending, pace),
}

process.on('message', async (/** @type {any} */ { do: name, ...command }) => {
  process.send?.(await commands[name]?.(command))
})
process.on('disconnect', () => process.exit(0))
process.send?.({})
