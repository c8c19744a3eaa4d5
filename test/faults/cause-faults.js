import { setTimeout as sleep } from 'node:timers/promises'

/** @typedef {ReturnType<typeof causeFaults>} Causing */

/**
 * Causes the planned faults. Faults of the store never overlap, even if one takes longer than planned.
 *
 * @param {readonly import('./types.js').PlannedFault[]} planned
 * @param {{ backend: import('./types.js').Backend, receivers: { kill: (slot: number) => boolean } }} parts
 */
export function causeFaults(planned, { backend, receivers }) {
  const began = performance.now()
  const caused = { kills: 0, restarts: 0, slowSpells: 0 }
  let isStopped = false
  /** @type {Set<string>} */
  const under = new Set()
  const over = Promise.all([inTurn(({ kind }) => kind === 'kill'), inTurn(({ kind }) => kind !== 'kill')])
  // The caller that awaits it sees its failure.
  over.catch(() => {})
  return {
    caused,
    under,
    over,
    /** Starts no more faults and waits for the running ones. */
    stop() {
      isStopped = true
      return over
    },
  }

  /** @param {(fault: import('./types.js').PlannedFault) => boolean} isMeant */
  async function inTurn(isMeant) {
    for (const fault of planned.filter(isMeant)) {
      if (isStopped) return
      await sleep(Math.max(0, fault.atMs - (performance.now() - began)))
      if (isStopped) return
      const name = `${fault.kind} at ${Math.round(fault.atMs)} ms`
      under.add(name)
      await cause(fault)
      under.delete(name)
    }
  }

  /** @param {import('./types.js').PlannedFault} fault */
  async function cause({ kind, slot, forMs, way }) {
    if (kind === 'kill') {
      if (receivers.kill(slot)) caused.kills += 1
    } else if (kind === 'restart') {
      await backend.restart(forMs)
      caused.restarts += 1
    } else {
      await backend.slowDown(forMs, way)
      caused.slowSpells += 1
    }
  }
}
