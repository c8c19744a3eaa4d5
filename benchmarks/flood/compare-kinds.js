import { takeTurns } from '../load/take-turns.js'
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

/**
 * Sends each kind of request by turns, as fast as the server answers.
 *
 * @param {{ server: Program, flood: Program, target: Target, sliceMs: number, warmups: number, rounds: number }} options
 * @returns {Promise<Rates>}
 */
export async function compareKinds({ server, flood, target, ...plan }) {
  const loads = kinds.map((kind) => ({ ...target, kind }))
  const { connections } = target
  const { slices } = await takeTurns({ server, generator: flood, loads, connections, ...plan })
  const slicesOf = (/** @type {Kind} */ kind) => slices[kinds.indexOf(kind)] ?? []
  const accepted = slicesOf('accepted')
  const rate = (/** @type {Kind} */ kind) => ({
    perSecond: spreadOf(slicesOf(kind).map(({ perSecond }) => perSecond)).median,
    ratio: spreadOf(
      slicesOf(kind).map(({ perSecond }, round) => perSecond / (accepted[round]?.perSecond ?? Number.NaN)),
    ),
    busy: spreadOf(slicesOf(kind).map(({ busy }) => busy)).median,
  })
  return {
    accepted: rate('accepted'),
    unsigned: rate('unsigned'),
    malformed: rate('malformed'),
    oversized: rate('oversized'),
    wrong: rate('wrong'),
  }
}
