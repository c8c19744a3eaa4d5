import { writeTime } from '@countersign/testing/sender'
import type { Capture } from '../../captures/capture.js'
import { bodyVariants } from '../../recompute/body-variants/body-variants.js'
import { computeDigest } from '../../recompute/compute-digest.js'
import { keyVariants } from '../../recompute/key-variants.js'
import { readMoment } from '../../recompute/read-moment.js'
import { templatesOf, timesOf } from '../../recompute/templates-of.js'
import { algorithmsFor } from './algorithms.js'
import { contentParts } from './content-parts.js'
import type { Match } from './match.js'
import type { PlaceMap } from './place-map.js'
import { repairHeaders } from './repair-headers.js'
import type { SearchInput } from './search-plan.js'
import type { Stopwatch } from './stopwatch.js'

/** A fresh delivery is not older, and a capture's time is given by --now. */
const reachSeconds = 300

/**
 * The match under the time that a lost header held, or one that holds no time any more, where that is one of the last or next minutes' seconds: something took
 * the header away, and all else is right.
 */
export function findMissingTime(
  capture: Capture,
  { scheme, secrets }: SearchInput,
  places: PlaceMap,
  watch: Stopwatch,
  now: number,
): Match | undefined {
  const { timestamp } = scheme
  if (!timestamp || !('header' in timestamp) || timestamp.unit === 'ms') return undefined
  const repaired = repairHeaders(capture, scheme)
  const stated = timesOf(scheme, repaired).flatMap((time) => time?.text ?? [])
  const isThere = stated.some((text) => readMoment(text) !== undefined)
  const [cause, before] = stated.length === 0 ? ['time.missing'] : ['time.rewritten', stated[0]]
  const [algorithm] = algorithmsFor(scheme, places.lengths).own
  const [key] = keyVariants(
    secrets.slice(0, 1).map(({ value }) => value),
    scheme,
  )
  const [body] = bodyVariants(capture).ofSteps(0)
  if (isThere || !algorithm || !key || key.faults.length > 0 || !body) return undefined
  const fill = contentParts(capture.body)
  for (let distance = 0; distance <= reachSeconds; distance++) {
    for (const side of distance === 0 ? [1] : [1, -1]) {
      if (watch.isOver(capture.body.length)) return undefined
      const text = writeTime(now - side * distance * 1000 - (now % 1000), timestamp.unit)
      const time = { text, source: timestamp, ...(before !== undefined && { stated: before }) }
      const [template] = templatesOf(scheme, repaired, [time])
      const found = template && places.at(computeDigest(algorithm.algorithm, key.bytes, fill(template)))
      if (!template || !found) continue
      return {
        key,
        body,
        template: {
          template,
          faults: [{ cause, target: 'time', cost: 1 }],
          steps: 1,
          cost: 1,
        },
        algorithm: algorithm.algorithm,
        algorithmFaults: [],
        places: found,
      }
    }
  }
  return undefined
}
