import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os'

/**
 * @typedef {object} Machine
 * @property {string} node
 * @property {string} processor
 * @property {number} cores
 * @property {number} memoryGib
 * @property {string} system
 */

/** @returns {Machine} */
export function describeMachine() {
  return {
    node: process.version,
    processor: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: availableParallelism(),
    memoryGib: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
  }
}

/** @param {Machine} machine */
export function machineLine({ node, processor, cores, memoryGib, system }) {
  return `Node ${node.slice(1)}, ${processor}, ${cores} cores, ${memoryGib} GiB of memory, ${system}`
}
