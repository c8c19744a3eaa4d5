import { fork } from 'node:child_process'
import { hash } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { spreadOf } from '../statistics.js'
import { buildSignedRequest, sendAllButLastByte } from './send-big-body.js'

/** @typedef {import('../statistics.js').Spread} Spread */

/**
 * @typedef {object} BigRow
 * @property {string} adapter
 * @property {readonly BigCell[]} cells
 *
 * @typedef {object} BigCell
 * @property {number} bytes of the body
 * @property {Spread} peakPerByte the peak of the process above its idle size, divided by the bytes
 * @property {Spread} verdictMs from the last byte to the answer
 * @property {Spread} toHash that time divided by the time of SHA-256 over the same bytes
 */

/**
 * Measures what a big body costs each adapter: each body in a new process.
 *
 * @param {Pick<import('./family.js').BodyPlan, 'names' | 'sizes' | 'rounds'>} plan
 * @returns {Promise<BigRow[]>}
 */
export async function measureBigBodies({ names, sizes, rounds }) {
  /** @type {BigRow[]} */
  const rows = []
  const requests = sizes.map((bytes) => ({ bytes, request: buildSignedRequest(bytes, 'big') }))
  const hashes = new Map(requests.map(({ bytes, request }) => [bytes, msOfHash(request.subarray(-bytes))]))
  for (const adapter of names) {
    const cells = []
    for (const { bytes, request } of requests) {
      const hashMs = hashes.get(bytes) ?? Number.NaN
      const samples = []
      for (let round = 0; round < rounds; round++) samples.push(await measureOnce(adapter, request))
      cells.push({
        bytes,
        peakPerByte: spreadOf(samples.map(({ peak }) => peak / bytes)),
        verdictMs: spreadOf(samples.map(({ verdictMs }) => verdictMs)),
        toHash: spreadOf(samples.map(({ verdictMs }) => verdictMs / hashMs)),
      })
    }
    rows.push({ adapter, cells })
  }
  return rows
}

/**
 * @param {string} adapter
 * @param {Buffer} request
 */
async function measureOnce(adapter, request) {
  const program = fileURLToPath(new URL('./serve-big-body.js', import.meta.url))
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
    // The first deliveries include the memory for compiled code and caches.
    for (let turn = 0; turn < 5; turn++) {
      const end = await sendAllButLastByte(port, buildSignedRequest(1024, `warm-up-${turn}`))
      await end()
    }
    await ask({ do: 'begin' })
    const end = await sendAllButLastByte(port, request)
    await ask({ do: 'await bytes', bytes: request.length - 1 })
    const verdictMs = await end()
    const { peak } = await ask({ do: 'measure' })
    return { peak, verdictMs }
  } finally {
    child.disconnect()
    await exited
  }
}

/** @param {Buffer} body */
function msOfHash(body) {
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now()
    hash('sha256', body)
    return performance.now() - start
  })
  return spreadOf(times).median
}
