import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * A program in a process of its own, which answers each message with one message.
 *
 * @typedef {object} Program
 * @property {any} greeting its first message
 * @property {(command: object) => Promise<any>} ask
 * @property {() => number} loggedLines the lines it has written to stderr so far
 * @property {() => Promise<void>} stop
 */

/**
 * @param {URL} program
 * @param {{ args?: readonly string[], execArgv?: readonly string[], env?: Readonly<Record<string, string>> }} [options]
 * @returns {Promise<Program>}
 */
export async function startProgram(program, { args = [], execArgv = [], env = {} } = {}) {
  const child = fork(fileURLToPath(program), args, {
    execArgv: [...execArgv],
    env: { ...process.env, NODE_ENV: 'production', ...env },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const exited = once(child, 'exit')
  let lines = 0
  let lastLog = ''
  child.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
    lines += text.split('\n').length - 1
    lastLog = text.slice(-1000)
  })
  const answer = async () => {
    const [message] = await Promise.race([once(child, 'message'), exited])
    if (typeof message !== 'object' || message === null)
      throw new Error(`${program.pathname} ended with exit code ${message}: ${lastLog}`)
    return message
  }
  return {
    greeting: await answer(),
    ask: (command) => {
      child.send(command)
      return answer()
    },
    loggedLines: () => lines,
    stop: async () => {
      if (child.connected) child.disconnect()
      await exited
    },
  }
}
