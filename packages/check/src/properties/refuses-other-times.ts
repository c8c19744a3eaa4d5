import { tolerance } from '../deliveries/scheme-traits.js'
import type { Examination } from '../examination.js'
import type { CheckFault } from '../faults.js'
import { judgeRefused, listTried } from '../judge-replies.js'
import { type Judgement, notApplicable, type Property, pass, unknown } from '../property.js'
import { isAccepted } from '../wire/reply.js'

const noTime = 'no time is signed'
const minute = 60
const year = 365 * 86_400

export const refusesStale: Property = {
  name: 'refuses-stale',
  says: 'refuses a delivery that is older than the tolerance',
  judge: (examination) => {
    const { past } = tolerance(examination.scheme)
    return judgeTimes(examination, [-beyond(past), -beyond(past) - year], 'accepts-stale')
  },
}

export const refusesFuture: Property = {
  name: 'refuses-future',
  says: 'refuses a delivery whose time is further ahead than the tolerance',
  judge: (examination) => {
    const { future } = tolerance(examination.scheme)
    return judgeTimes(examination, [beyond(future), beyond(future) + year], 'accepts-future')
  },
}

/** A stricter tolerance is a choice, and loses what the sender's queue has held back. */
export const toleratesDelay: Property = {
  name: 'tolerates-delay',
  says: 'takes a delivery that is late, but within the tolerance',
  judge: async (examination) => {
    const { scheme, deliveries, now } = examination
    if (!scheme.timestamp) return notApplicable(noTime)
    const { past } = tolerance(scheme)
    if (past < 10) return notApplicable('the tolerance is too small to try')
    const lateSeconds = past * 0.8
    const request = deliveries.make({ timestamp: now() - lateSeconds * 1000 })
    const tried = await examination.valid({ what: `a delivery ${spanOf(lateSeconds)} old`, request })
    return isAccepted(tried.reply)
      ? pass(`took ${listTried([tried])}`)
      : unknown(
          `refused ${listTried([tried])}, within the scheme's tolerance of ${spanOf(past)}`,
          'Is it meant to be stricter? What the sender held back is lost then.',
        )
  },
}

/** Clear of the edge, where clocks differ. */
function beyond(seconds: number): number {
  return Math.max(seconds * 2, seconds + minute)
}

async function judgeTimes(
  examination: Examination,
  offsets: readonly number[],
  fault: CheckFault,
): Promise<Judgement> {
  const { scheme, deliveries, now } = examination
  if (!scheme.timestamp) return notApplicable(noTime)
  const probes = offsets.map((offset) => ({
    what: `a delivery ${spanOf(Math.abs(offset))} ${offset < 0 ? 'old' : 'ahead'}`,
    request: deliveries.make({ timestamp: now() + offset * 1000 }),
  }))
  return judgeRefused(examination, await examination.allRefused(probes), fault)
}

function spanOf(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 2 * 3600) return `${Math.round(seconds / 60)} min`
  return seconds < 2 * 86_400 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`
}
