/** @typedef {import('./start-program.js').Program} Program */

/**
 * @typedef {object} Slice
 * @property {number} perSecond
 * @property {Float64Array} latenciesMs
 * @property {number} busy the server's processor time divided by the time of the slice: near 1, the server was the bottleneck
 * @property {number} generatorBusy
 */

/**
 * @typedef {object} Turns
 * @property {Program} server
 * @property {Program} generator
 * @property {readonly object[]} loads of `prepare`; the first one decides how many requests all slices have
 * @property {number} connections
 * @property {number} sliceMs about how long a slice takes
 * @property {number} warmups slices of each load whose figures are not kept
 * @property {number} rounds
 */

const firstRequests = 50

/**
 * Loads one server with each load by turns.
 *
 * @param {Turns} turns
 * @returns {Promise<{ requests: number, slices: Slice[][] }>} the slices of each load, round by round
 */
export async function takeTurns({ server, generator, loads, connections, sliceMs, warmups, rounds }) {
  const run = async (/** @type {object} */ load, /** @type {number} */ count) => {
    await generator.ask({ do: 'prepare', ...load, connections, count })
    const before = await server.ask({ do: 'cpu' })
    const { ms, latenciesMs, cpuMs } = await generator.ask({ do: 'send' })
    const after = await server.ask({ do: 'cpu' })
    const busy = (after.cpuMs - before.cpuMs) / ms
    return { perSecond: (count / ms) * 1000, latenciesMs, busy, generatorBusy: cpuMs / ms }
  }
  let requests = firstRequests
  for (let warmup = 0; warmup < warmups; warmup++) {
    const rates = []
    for (const load of loads) rates.push((await run(load, requests)).perSecond)
    requests = Math.max(connections, Math.round(((rates[0] ?? 0) * sliceMs) / 1000))
  }
  /** @type {Slice[][]} */
  const slices = loads.map(() => [])
  for (let round = 0; round < rounds; round++) {
    // Each round begins with another load, so that no load always follows the same one.
    for (let turn = 0; turn < loads.length; turn++) {
      const place = (round + turn) % loads.length
      slices[place]?.push(await run(/** @type {object} */ (loads[place]), requests))
    }
  }
  return { requests, slices }
}
