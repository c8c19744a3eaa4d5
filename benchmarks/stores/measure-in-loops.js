import { spreadOf } from '../statistics.js'

/** @typedef {import('../statistics.js').Spread} Spread */

/**
 * @typedef {object} LoopMeasurement
 * @property {Spread} ratio our time divided by the peer's, slice by slice
 * @property {Spread} ourMicros a delivery, as all loops together get them done
 * @property {Spread} peerMicros
 */

/**
 * Runs both sides by turns in short slices, so that other load on the machine affects both alike. Within a slice, each of the
 * loops starts its next delivery when its last one is done.
 *
 * @param {{ ours: () => Promise<void>, peer: () => Promise<void> }} sides
 * @param {{ slices: number, sliceMs: number, loops: number }} plan
 * @returns {Promise<LoopMeasurement>}
 */
export async function measureInLoops({ ours, peer }, { slices, sliceMs, loops }) {
  // Both sides do the same number, so that the work of a server in the background falls on both.
  const calls = await callsIn(sliceMs, peer, loops)
  await microsPerCall(ours, calls, loops)
  /** @type {number[]} */
  const ourTimes = []
  /** @type {number[]} */
  const peerTimes = []
  for (let slice = 0; slice < slices; slice++) {
    // The order alternates, so that neither side always runs with the caches that the other left.
    if (slice % 2 === 0) ourTimes.push(await microsPerCall(ours, calls, loops))
    peerTimes.push(await microsPerCall(peer, calls, loops))
    if (slice % 2 === 1) ourTimes.push(await microsPerCall(ours, calls, loops))
  }
  const ratios = ourTimes.map((time, slice) => time / (peerTimes[slice] ?? Number.NaN))
  return { ratio: spreadOf(ratios), ourMicros: spreadOf(ourTimes), peerMicros: spreadOf(peerTimes) }
}

/**
 * Warms up for four slices, and returns the number of calls that fill one.
 *
 * @param {number} sliceMs
 * @param {() => Promise<void>} run
 * @param {number} loops
 */
async function callsIn(sliceMs, run, loops) {
  let calls = loops
  for (let spentMs = 0; spentMs < 4 * sliceMs; ) {
    const ms = ((await microsPerCall(run, calls, loops)) * calls) / 1000
    spentMs += ms
    calls = Math.max(loops, Math.round((calls * sliceMs) / Math.max(ms, sliceMs / 4)))
  }
  return calls
}

/**
 * @param {() => Promise<void>} run
 * @param {number} calls of all loops together
 * @param {number} loops
 */
async function microsPerCall(run, calls, loops) {
  let left = calls
  const loop = async () => {
    while (left-- > 0) await run()
  }
  const start = process.hrtime.bigint()
  await Promise.all(Array.from({ length: loops }, loop))
  return Number(process.hrtime.bigint() - start) / 1000 / calls
}
