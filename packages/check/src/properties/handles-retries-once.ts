import { countRuns } from '../count-runs.js'
import { classifyIdentity, timeHeader } from '../deliveries/scheme-traits.js'
import { judgeByAnswers, judgeRuns, noIdentity } from '../judge-runs.js'
import { notApplicable, type Property } from '../property.js'

export const handlesRetriesOnce: Property = {
  name: 'handles-retries-once',
  says: 'handles an event once, even if a retry is signed again at another time',
  hiddenBy: ['runs-twice'],
  judge: async (examination) => {
    const { deliveries, scheme, now } = examination
    const payload = deliveries.payload()
    if (!classifyIdentity(scheme, payload)) return notApplicable(noIdentity)
    if (!timeHeader(scheme)) return notApplicable('a retry has the same signature as the first attempt')
    const first = deliveries.make({ payload, timestamp: now() - 5_000 })
    const retry = deliveries.makeRetry(first, { payload, timestamp: now() })
    const { tried, runs } = await countRuns(examination, 1, async () => [
      await examination.sendValid({ what: 'a delivery', request: first }),
      await examination.sendValid({ what: 'its retry', request: retry }),
    ])
    return judgeByAnswers(examination, judgeRuns(runs, 1, tried, 'runs-retries'), tried, 'runs-retries')
  },
}
