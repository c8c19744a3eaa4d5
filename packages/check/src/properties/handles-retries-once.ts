import { countRuns } from '../count-runs.js'
import { identityOf, timeHeader } from '../deliveries/scheme-traits.js'
import { judgeByAnswers, judgeRuns, noIdentity } from '../judge-runs.js'
import { notApplicable, type Property } from '../property.js'

export const handlesRetriesOnce: Property = {
  name: 'handles-retries-once',
  says: 'handles an event once that comes again, signed anew at another time',
  hiddenBy: ['runs-twice'],
  judge: async (examination) => {
    const { deliveries, scheme, now } = examination
    const payload = deliveries.payload()
    if (!identityOf(scheme, payload)) return notApplicable(noIdentity)
    if (!timeHeader(scheme)) return notApplicable('a retry is signed as the first attempt was')
    const first = deliveries.make({ payload, timestamp: now() - 5_000 })
    const retry = deliveries.again(first, { payload, timestamp: now() })
    const { tried, runs } = await countRuns(examination, 1, async () => [
      await examination.valid({ what: 'a delivery', request: first }),
      await examination.valid({ what: 'its retry', request: retry }),
    ])
    return judgeByAnswers(examination, judgeRuns(runs, 1, tried, 'runs-retries'), tried, 'runs-retries')
  },
}
