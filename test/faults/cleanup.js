import { rmSync } from 'node:fs'

/**
 * What must not be left behind, even after a crash: processes, folders, and steps to run.
 *
 * @type {Set<import('node:child_process').ChildProcess>}
 */
const processes = new Set()
/** @type {Set<string>} */
const folders = new Set()
/** @type {Set<() => void>} */
const steps = new Set()

/**
 * @template {import('node:child_process').ChildProcess} T
 * @param {T} child
 * @returns {T}
 */
export function endAtExit(child) {
  processes.add(child)
  child.once('exit', () => processes.delete(child))
  return child
}

/** @param {string} folder */
export function removeAtExit(folder) {
  folders.add(folder)
}

/** @param {string} folder */
export function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  folders.delete(folder)
}

/**
 * @param {() => void} step
 * @returns {() => void} runs the step now instead of at exit
 */
export function doAtExit(step) {
  steps.add(step)
  return () => {
    steps.delete(step)
    step()
  }
}

process.once('exit', () => {
  for (const step of steps) step()
  for (const child of processes) child.kill('SIGKILL')
  for (const folder of folders) removeFolder(folder)
})
for (const [signal, status] of /** @type {const} */ ([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])) {
  process.once(signal, () => process.exit(status))
}
