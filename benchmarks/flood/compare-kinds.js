import { spreadOf } from '../statistics.js'

/** @typedef {import('../load/start-program.js').Program} Program */
/** @typedef {import('../load/make-requests.js').Kind} Kind */
/** @typedef {{ readonly port: number, readonly path: string, readonly secret: string, readonly bytes: number, readonly connections: number }} Target */

/**
 * @typedef {object} Rate
 * @property {number} perSecond
 * @property {import('../statistics.js').Spread} ratio to the accepted requests per second of the same round
 * @property {number} busy the server's processor time divided by the time of the slices
 */

/** @typedef {Readonly<Record<Kind, Rate>>} Rates */

/** @type {readonly Kind[]} */
const kinds = ['accepted', 'unsigned', 'malformed', 'oversized', 'wrong']
const firstRequests = 50

/**
 * Sends each kind of request by turns, as fast as the server answers.
 *
 * @param {{ server: Program, flood: Program, target: Target, sliceMs: number, rounds: number }} options
 * @returns {Promise<Rates>}
 */
export async function compareKinds({ server, flood, target, sliceMs, rounds }) {
  const slice = async (/** @type {Kind} */ kind, /** @type {number} */ count) => {
    await flood.ask({ do: 'prepare', ...target, kind, count })
    const before = await server.ask({ do: 'cpu' })
    const { ms } = await flood.ask({ do: 'send' })
    const after = await server.ask({ do: 'cpu' })
    return { perSecond: (count / ms) * 1000, busy: (after.cpuMs - before.cpuMs) / ms }
  }
  let count = firstRequests
  for (let warmup = 0; warmup < 2; warmup++) {
    for (const kind of [...kinds].reverse()) {
      const { perSecond } = await slice(kind, count)
      if (kind === 'accepted') count = Math.max(target.connections, Math.round((perSecond * sliceMs) / 1000))
    }
  }
  /** @type {Record<Kind, { perSecond: number, busy: number }[]>} */
  const slices = { accepted: [], unsigned: [], malformed: [], oversized: [], wrong: [] }
  for (let round = 0; round < rounds; round++) {
    // Each round begins with another kind, so that no kind always follows the same one.
    for (let turn = 0; turn < kinds.length; turn++) {
      const kind = /** @type {Kind} */ (kinds[(round + turn) % kinds.length])
      slices[kind].push(await slice(kind, count))
    }
  }
  const rate = (/** @type {Kind} */ kind) => ({
    perSecond: spreadOf(slices[kind].map(({ perSecond }) => perSecond)).median,
    ratio: spreadOf(
      slices[kind].map(
        ({ perSecond }, round) => perSecond / (slices.accepted[round]?.perSecond ?? Number.NaN),
      ),
    ),
    busy: spreadOf(slices[kind].map(({ busy }) => busy)).median,
  })
  return {
    accepted: rate('accepted'),
    unsigned: rate('unsigned'),
    malformed: rate('malformed'),
    oversized: rate('oversized'),
    wrong: rate('wrong'),
  }
}
