import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * @typedef {object} BenchmarkServer
 * @property {number} port
 * @property {() => Promise<number>} cpuMs milliseconds of processor time it has used
 * @property {() => Promise<void>} stop
 */

/**
 * @param {string} secret
 * @returns {Promise<BenchmarkServer>}
 */
export async function startServer(secret) {
  const program = fileURLToPath(new URL('./server.js', import.meta.url))
  const child = fork(program, { env: { ...process.env, NODE_ENV: 'production', SECRET: secret } })
  const exited = once(child, 'exit')
  const answer = async () => {
    const [message] = await Promise.race([once(child, 'message'), exited])
    if (typeof message !== 'object') throw new Error(`The server ended with exit code ${message}.`)
    return message
  }
  const { port } = await answer()
  return {
    port,
    async cpuMs() {
      child.send('cpu')
      return (await answer()).cpuMs
    },
    async stop() {
      child.disconnect()
      await exited
    },
  }
}
