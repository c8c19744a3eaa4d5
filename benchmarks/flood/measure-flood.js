import { randomBytes } from 'node:crypto'
import { startProgram } from '../load/start-program.js'
import { frameworks } from '../server/frameworks.js'
import { compareKinds } from './compare-kinds.js'
import { sampleMemory } from './sample-memory.js'
import { timeGoodSender } from './time-good-sender.js'

/**
 * @typedef {object} FloodPlan
 * @property {readonly string[]} frameworks
 * @property {number} bytes of a forged body
 * @property {number} connections of the flood
 * @property {{ readonly sliceMs: number, readonly warmups: number, readonly rounds: number }} rates
 * @property {{ readonly forged: Readonly<Record<string, number>>, readonly mostMs: number }} memory forged requests to each server while its memory is sampled
 * @property {import('./time-good-sender.js').GoodSenderPlan} goodSender
 */

/**
 * @typedef {object} FloodRow
 * @property {string} framework
 * @property {import('./compare-kinds.js').Rates} rates
 * @property {import('./sample-memory.js').MemoryGrowth} memory
 * @property {import('./time-good-sender.js').GoodSender} goodSender
 */

/** @typedef {{ readonly bytes: number, readonly connections: number, readonly rows: readonly FloodRow[] }} FloodResult */

const serverProgram = new URL('../server/serve-framework.js', import.meta.url)
const generatorProgram = new URL('../load/generate-load.js', import.meta.url)

/**
 * @param {FloodPlan} plan
 * @returns {Promise<FloodResult>}
 */
export async function measureFlood(plan) {
  const rows = []
  for (const name of plan.frameworks) rows.push(await measureServer(name, plan))
  return { bytes: plan.bytes, connections: plan.connections, rows }
}

/**
 * @param {string} name
 * @param {FloodPlan} plan
 * @returns {Promise<FloodRow>}
 */
async function measureServer(
  name,
  { bytes, connections, rates: ratesPlan, memory: memoryPlan, goodSender: senderPlan },
) {
  const secret = randomBytes(32).toString('hex')
  const server = await startProgram(serverProgram, {
    args: [name],
    execArgv: ['--expose-gc'],
    env: { SECRET: secret },
  })
  const flood = await startProgram(generatorProgram)
  const sender = await startProgram(generatorProgram)
  const target = { port: server.greeting.port, path: '/webhook', secret, bytes, connections }
  try {
    const rates = await compareKinds({ server, flood, target, ...ratesPlan })
    const goodSender = await timeGoodSender({
      flood,
      sender,
      target,
      capacity: rates.wrong.perSecond,
      ...senderPlan,
    })
    const memory = await sampleMemory({
      server,
      flood,
      target,
      forged: memoryPlan.forged[name] ?? 0,
      mostMs: memoryPlan.mostMs,
    })
    return { framework: frameworks[name]?.title ?? name, rates, memory, goodSender }
  } finally {
    await Promise.all([flood.stop(), sender.stop(), server.stop()])
  }
}
