import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { endAtExit } from './cleanup.js'
import { endProcess } from './end-process.js'

const program = fileURLToPath(new URL('receiver/receiver-process.js', import.meta.url))
const count = 2

/**
 * Processes that have loaded everything for one of the receivers and wait to replace it. Loading takes most of a start,
 * and while no receiver is up the run tests nothing.
 *
 * @param {{ store: import('./types.js').StoreName, slot: number, folder: string }} options
 */
export function createStandby({ store, slot, folder }) {
  let started = 0
  /** @type {Promise<ReturnType<typeof startOne>>[]} */
  const waiting = []
  /** @type {Set<import('node:child_process').ChildProcess>} */
  const children = new Set()
  let isStopping = false
  fill()

  function fill() {
    while (!isStopping && waiting.length < count) waiting.push(becomeReady(startOne()))
  }

  function startOne() {
    const file = join(folder, `printed-${slot}-${++started}.txt`)
    const output = openSync(file, 'w')
    const child = endAtExit(
      spawn(process.execPath, [program, store, String(slot)], { stdio: ['ignore', output, output, 'ipc'] }),
    )
    closeSync(output)
    children.add(child)
    return { child, printed: () => readFileSync(file, 'utf8').trim().split('\n').slice(0, 40).join('\n    ') }
  }

  return {
    async take() {
      const next = waiting.shift()
      if (!next) throw new Error('There is no standby process.')
      const taken = await next
      children.delete(taken.child)
      fill()
      return taken
    },
    async stop() {
      isStopping = true
      await Promise.all([...children].map((child) => endProcess(child)))
    },
  }
}

/**
 * @template {{ child: import('node:child_process').ChildProcess }} T
 * @param {T} started
 * @returns {Promise<T>} resolves when it is ready or has exited; the caller of `take` checks which
 */
function becomeReady(started) {
  return new Promise((resolve) => {
    started.child.once('message', () => resolve(started))
    started.child.once('exit', () => resolve(started))
  })
}
