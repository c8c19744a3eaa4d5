import { randomBytes } from 'node:crypto'
import { startProgram } from '../load/start-program.js'
import { compareRoutes } from './compare-routes.js'
import { frameworks } from './frameworks.js'

/**
 * @typedef {object} ServerPlan
 * @property {readonly string[]} frameworks
 * @property {readonly number[]} sizes of bodies, in bytes
 * @property {number} sliceMs about how long a route is loaded until it is the next one's turn
 * @property {number} warmups slices of each route whose figures are not kept
 * @property {number} rounds each route has one slice in each round
 * @property {number} groupRounds the rounds whose latencies are pooled for one ratio of latencies
 * @property {number} connections
 */

/** @typedef {{ readonly framework: string, readonly cells: readonly import('./compare-routes.js').Cell[] }} FrameworkRow */
/** @typedef {{ readonly connections: number, readonly rows: readonly FrameworkRow[], readonly skipped: readonly string[] }} ServerResult */

const serverProgram = new URL('./serve-framework.js', import.meta.url)
const generatorProgram = new URL('../load/generate-load.js', import.meta.url)

/**
 * @param {ServerPlan} plan
 * @returns {Promise<ServerResult>}
 */
export async function compareFrameworks(plan) {
  /** @type {FrameworkRow[]} */
  const rows = []
  /** @type {string[]} */
  const skipped = []
  for (const [name, { title, prepare }] of Object.entries(frameworks)) {
    if (!plan.frameworks.includes(name)) {
      skipped.push(`${title} was not measured: this plan leaves it out.`)
      continue
    }
    const missing = await prepare?.()
    if (missing) skipped.push(`${title} was not measured: ${missing}.`)
    else rows.push({ framework: title, cells: await compareFramework(name, plan) })
  }
  return { connections: plan.connections, rows, skipped }
}

/**
 * @param {string} name
 * @param {ServerPlan} plan
 */
async function compareFramework(name, { sizes, ...plan }) {
  const secret = randomBytes(32).toString('hex')
  const server = await startProgram(serverProgram, { args: [name], env: { SECRET: secret } })
  const generator = await startProgram(generatorProgram)
  try {
    const cells = []
    const target = { port: server.greeting.port, secret }
    for (const bytes of sizes) cells.push(await compareRoutes({ bytes, target, server, generator, ...plan }))
    return cells
  } finally {
    await Promise.all([generator.stop(), server.stop()])
  }
}
