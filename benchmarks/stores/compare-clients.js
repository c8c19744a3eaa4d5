import { measureInLoops } from './measure-in-loops.js'
import { postgresClients } from './postgres-clients.js'
import { redisClients } from './redis-clients.js'
import { sqliteClients } from './sqlite-clients.js'

/** @typedef {Pick<import('./family.js').StorePlan, 'slices' | 'sliceMs' | 'compiles'>} ClientPlan */

/**
 * A store over one client, and a peer that does the same with two raw commands of the same client. The peer cannot distinguish live
 * claims from completed ones, or its own claims from those of others.
 *
 * @typedef {object} Client
 * @property {string} name
 * @property {'Redis' | 'PostgreSQL' | 'SQLite'} backend
 * @property {(plan: ClientPlan) => Promise<Sides | string>} open returns or rejects with why it cannot be measured here
 *
 * @typedef {object} Sides
 * @property {() => Promise<void>} ours
 * @property {() => Promise<void>} peer
 * @property {() => Promise<unknown>} close
 */

/**
 * @typedef {object} ClientRow
 * @property {string} name
 * @property {Client['backend']} backend
 * @property {readonly (import('./measure-in-loops.js').LoopMeasurement & { readonly loops: number })[]} cells empty if it was not measured
 * @property {string} [skipped] why it was not measured
 */

/** One delivery at a time, and ten at once. */
const loopCounts = [1, 10]

/**
 * @param {ClientPlan} plan
 * @returns {Promise<ClientRow[]>}
 */
export async function compareClients(plan) {
  /** @type {ClientRow[]} */
  const rows = []
  for (const client of [...redisClients, ...postgresClients, ...sqliteClients]) {
    rows.push(await compareClient(client, plan))
  }
  return rows
}

/**
 * @param {Client} client
 * @param {ClientPlan} plan
 * @returns {Promise<ClientRow>}
 */
async function compareClient({ name, backend, open }, plan) {
  const sides = await open(plan).catch((error) => reasonOf(error))
  if (typeof sides === 'string') return { name, backend, cells: [], skipped: sides }
  try {
    const cells = []
    for (const loops of loopCounts)
      cells.push({ loops, ...(await measureInLoops(sides, { ...plan, loops })) })
    return { name, backend, cells }
  } finally {
    await sides.close()
  }
}

/** @param {NodeJS.ErrnoException} error */
function reasonOf({ code, message }) {
  return code === 'ECONNREFUSED' ? 'its server is not running' : message || `${code}`
}
