import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { installBinary } from '../../test/runtimes/install-binary.js'
import { runtimes } from '../../test/runtimes/runtimes.js'

/** @typedef {import('../../test/runtimes/runtimes.js').RuntimeName} RuntimeName */
/** @typedef {{ readonly title: string, readonly binary: string, readonly args: readonly string[] }} Runtime */

const program = fileURLToPath(new URL('./compare-here.js', import.meta.url))
const major = process.versions.node.split('.')[0]

/** @type {Runtime} the Node that runs the benchmark */
export const thisNode = { title: `Node ${major}`, binary: process.execPath, args: [] }

/** @param {RuntimeName} name */
export function isThisNode(name) {
  return name === `node-${major}`
}

/**
 * @param {RuntimeName} name
 * @returns {Promise<Runtime>} it is installed the first time
 * @throws Error with the reason if it cannot be installed
 */
export async function obtainRuntime(name) {
  const args = name === 'deno' ? ['run', '--no-prompt', '--allow-read', '--allow-env'] : []
  return { title: runtimes[name].title, binary: await installBinary(runtimes[name]), args }
}

/**
 * Makes the comparisons in a process of its own, which ends by itself or after five minutes.
 *
 * @param {Runtime} runtime
 * @param {import('./compare-here.js').Task} task
 * @returns {Promise<import('./family.js').Run>}
 */
export async function runInRuntime({ title, binary, args }, task) {
  const version = await run(binary, ['--version'])
  const rows = JSON.parse(await run(binary, [...args, program, JSON.stringify(task)]))
  return { runtime: title, version: /\d+\.\d+\.\d+/.exec(version)?.[0] ?? '', rows }
}

/**
 * @param {string} binary
 * @param {readonly string[]} args
 */
async function run(binary, args) {
  const { stdout } = await promisify(execFile)(binary, args, { timeout: 300_000, maxBuffer: 2 ** 24 })
  return stdout
}
