import { spreadOf } from '../statistics.js'

/**
 * One side of a comparison. It is called with a counter, so that it can use another input each time.
 *
 * @typedef {object} Subject
 * @property {(turn: number) => unknown} run
 * @property {boolean} isAsync whether callers must await it; otherwise it is not awaited
 */

/**
 * @typedef {object} Measurement
 * @property {import('../statistics.js').Spread} ratio our time divided by the peer's, slice by slice
 * @property {number} ourNs median nanoseconds of a call
 * @property {number} peerNs
 */

/**
 * Runs both sides by turns in short slices, so that other load on the machine affects both alike.
 *
 * @param {{ ours: Subject, peer: Subject, slices: number, sliceMs: number }} options
 * @returns {Promise<Measurement>}
 */
export async function measureRatio({ ours, peer, slices, sliceMs }) {
  const ourCalls = await callsIn(sliceMs, ours)
  const peerCalls = await callsIn(sliceMs, peer)
  /** @type {number[]} */
  const ourTimes = []
  /** @type {number[]} */
  const peerTimes = []
  for (let slice = 0; slice < slices; slice++) {
    // The order alternates, so that neither side always runs with the caches that the other left.
    if (slice % 2 === 0) ourTimes.push(await nsPerCall(ours, ourCalls))
    peerTimes.push(await nsPerCall(peer, peerCalls))
    if (slice % 2 === 1) ourTimes.push(await nsPerCall(ours, ourCalls))
  }
  const ratios = ourTimes.map((time, slice) => time / (peerTimes[slice] ?? Number.NaN))
  return {
    ratio: spreadOf(ratios),
    ourNs: spreadOf(ourTimes).median,
    peerNs: spreadOf(peerTimes).median,
  }
}

/**
 * Warms up for four slices, and returns the number of calls that fill one.
 *
 * @param {number} sliceMs
 * @param {Subject} subject
 */
async function callsIn(sliceMs, subject) {
  let calls = 1
  for (let spentMs = 0; spentMs < 4 * sliceMs; ) {
    const ms = ((await nsPerCall(subject, calls)) * calls) / 1e6
    spentMs += ms
    calls = Math.max(1, Math.round((calls * sliceMs) / Math.max(ms, sliceMs / 4)))
  }
  return calls
}

/**
 * @param {Subject} subject
 * @param {number} calls
 */
async function nsPerCall({ run, isAsync }, calls) {
  const start = process.hrtime.bigint()
  if (isAsync) for (let turn = 0; turn < calls; turn++) await run(turn)
  else for (let turn = 0; turn < calls; turn++) run(turn)
  return Number(process.hrtime.bigint() - start) / calls
}
