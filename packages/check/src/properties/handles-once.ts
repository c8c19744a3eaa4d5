import { countRuns, isToldApart } from '../count-runs.js'
import { identityOf } from '../deliveries/scheme-traits.js'
import { listTried, whyOpen } from '../judge-replies.js'
import { judgeByAnswers, judgeRuns, noIdentity } from '../judge-runs.js'
import { fail, notApplicable, type Property } from '../property.js'
import { isAccepted } from '../wire/reply.js'

/** The sender has not got our answer, and comes again. */
export const handlesOnce: Property = {
  name: 'handles-once',
  says: 'handles a delivery once that comes again, and answers 2xx',
  judge: async (examination) => {
    const { deliveries, scheme } = examination
    const payload = deliveries.payload()
    if (!identityOf(scheme, payload)) return notApplicable(noIdentity)
    const request = deliveries.make({ payload })
    const { tried, runs } = await countRuns(examination, 1, async () => {
      const first = await examination.valid({ what: 'a delivery', request })
      const second = await examination.valid({ what: 'its first repetition', request })
      return [first, second, await examination.valid({ what: 'its second repetition', request })]
    })
    const judgement = judgeRuns(runs, 1, tried, 'runs-twice')
    if (judgement.verdict === 'fail') return judgement
    const again = tried.slice(1)
    const open = whyOpen(examination, again)
    if (open) return open
    const refused = again.filter(({ reply }) => !isAccepted(reply))
    if (refused.length > 0) return fail('refuses-repetition', listTried(refused))
    const fresh = await examination.fresh()
    examination.tellsRepetitions = again.every(({ reply }) => isToldApart(reply, fresh))
    return judgeByAnswers(examination, judgement, tried, 'runs-twice')
  },
}
