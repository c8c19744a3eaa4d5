import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { loadsOf, writeBegun } from './slow-loads.js'

/**
 * @typedef {object} SlowRow
 * @property {string} adapter
 * @property {readonly { readonly load: string, readonly heldPerByte: number, readonly peakPerByte: number }[]} cells
 */

/**
 * Measures the memory that each adapter holds for incomplete bodies. Each adapter runs in a separate process.
 *
 * @param {readonly string[]} names
 * @param {import('./family.js').SlowPlan} plan
 * @returns {Promise<SlowRow[]>}
 */
export async function measureSlowBodies(names, plan) {
  /** @type {SlowRow[]} */
  const rows = []
  for (const adapter of names) rows.push(await measureAdapter(adapter, plan))
  return rows
}

/**
 * @param {string} adapter
 * @param {import('./family.js').SlowPlan} plan
 * @returns {Promise<SlowRow>}
 */
async function measureAdapter(adapter, plan) {
  const program = fileURLToPath(new URL('./serve-slow-bodies.js', import.meta.url))
  const child = fork(program, [adapter], {
    execArgv: ['--expose-gc'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const exited = once(child, 'exit')
  const answer = async () => {
    const [message] = await Promise.race([once(child, 'message'), exited])
    if (typeof message !== 'object') throw new Error(`The server ended with exit code ${message}.`)
    return message
  }
  /** @param {object} command */
  const ask = (command) => {
    child.send(command)
    return answer()
  }
  try {
    const { port } = await answer()
    // The first connection includes the memory for compiled code and caches.
    await stall(port, { name: 'warm up', connections: 1, bytes: 1024, chunkBytes: 1 }, ask)
    const cells = []
    for (const load of loadsOf(plan)) cells.push({ load: load.name, ...(await stall(port, load, ask)) })
    return { adapter, cells }
  } finally {
    child.disconnect()
    await exited
  }
}

/**
 * @param {number} port
 * @param {import('./slow-loads.js').Load} load
 * @param {(command: object) => Promise<any>} ask
 */
async function stall(port, load, ask) {
  const { rss } = await ask({ do: 'begin' })
  const begun = writeBegun(load)
  const sockets = await Promise.all(
    Array.from({ length: load.connections }, async () => {
      const socket = connect({ port, host: '127.0.0.1' })
      await once(socket, 'connect')
      socket.on('error', () => undefined).write(begun)
      return socket
    }),
  )
  const { held, peak } = await ask({ do: 'measure', bytes: begun.length * load.connections })
  for (const socket of sockets) socket.destroy()
  const received = load.bytes * load.connections
  return { heldPerByte: held / received, peakPerByte: Math.max(0, peak - rss) / received }
}
