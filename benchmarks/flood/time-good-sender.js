import { setTimeout as wait } from 'node:timers/promises'
import { quantile, spreadOf } from '../statistics.js'

/** @typedef {import('../load/start-program.js').Program} Program */
/** @typedef {import('../statistics.js').Spread} Spread */

/** @typedef {{ readonly periodMs: number, readonly rounds: number, readonly shares: readonly number[] }} GoodSenderPlan `shares` of the capacity, beside an idle and a saturated server */

/**
 * @typedef {object} Level
 * @property {number | null} share of the capacity that the flood offers: 0 without a flood, null if it sends as fast as the server answers
 * @property {number} servedPerSecond forged requests that the server answered
 * @property {number} samples
 * @property {number} p50Ms the good sender's latency
 * @property {number} p99Ms
 * @property {Spread} ratio of its medians to those without a flood, round by round
 */

/** @typedef {{ readonly capacity: number, readonly bytes: number, readonly perSecond: number, readonly levels: readonly Level[] }} GoodSender `capacity`: requests with a wrong signature per second */

const bytes = 1024
const perSecond = 50
const floodedBeforeMs = 100

/**
 * Measures the latency of one sender, which has one small delivery at a time, while others send wrong signatures at several rates.
 *
 * @param {GoodSenderPlan & { flood: Program, sender: Program, target: import('./compare-kinds.js').Target, capacity: number }} options
 * @returns {Promise<GoodSender>}
 */
export async function timeGoodSender({ flood, sender, target, capacity, periodMs, rounds, shares }) {
  const period = async (/** @type {number | null} */ share) => {
    const count = Math.ceil((perSecond * periodMs) / 1000) + 1
    await flood.ask({ do: 'prepare', ...target, kind: 'wrong', count: target.connections * 4 })
    await sender.ask({ do: 'prepare', ...target, bytes, kind: 'accepted', count, connections: 1 })
    const flooding = flood.ask({
      do: 'sendAtRate',
      perSecond: share === null ? Number.POSITIVE_INFINITY : share * capacity,
      forMs: share === 0 ? 0 : floodedBeforeMs + periodMs,
    })
    const sending = wait(floodedBeforeMs).then(() =>
      sender.ask({ do: 'sendAtRate', perSecond, forMs: periodMs }),
    )
    const [{ sent, ms }, { latenciesMs }] = await Promise.all([flooding, sending])
    return { latenciesMs, served: share === 0 ? 0 : (sent / ms) * 1000 }
  }
  const offered = [0, ...shares, null]
  await period(0)
  /** @type {Awaited<ReturnType<typeof period>>[][]} */
  const seen = offered.map(() => [])
  for (let round = 0; round < rounds; round++) {
    for (const [place, share] of offered.entries()) seen[place]?.push(await period(share))
  }
  const medians = seen.map((periods) => periods.map(({ latenciesMs }) => spreadOf(latenciesMs).median))
  const levels = offered.map((share, place) => {
    const periods = seen[place] ?? []
    const pooled = periods.flatMap(({ latenciesMs }) => latenciesMs).sort((a, b) => a - b)
    return {
      share,
      servedPerSecond: spreadOf(periods.map(({ served }) => served)).median,
      samples: pooled.length,
      p50Ms: quantile(pooled, 0.5),
      p99Ms: quantile(pooled, 0.99),
      ratio: spreadOf((medians[place] ?? []).map((ms, round) => ms / (medians[0]?.[round] ?? Number.NaN))),
    }
  })
  return { capacity, bytes, perSecond, levels }
}
