import { countRuns, isRecognised } from '../count-runs.js'
import { classifyIdentity } from '../deliveries/scheme-traits.js'
import { explainUndecided, listProbes } from '../judge-replies.js'
import { judgeByAnswers, judgeRuns, noIdentity } from '../judge-runs.js'
import { fail, notApplicable, type Property } from '../property.js'
import { isAccepted } from '../wire/reply.js'

/** As when the sender did not get the answer, and sends again. */
export const handlesOnce: Property = {
  name: 'handles-once',
  says: 'handles a repeated delivery once, and answers the repetition 2xx',
  judge: async (examination) => {
    const { deliveries, scheme } = examination
    const payload = deliveries.payload()
    if (!classifyIdentity(scheme, payload)) return notApplicable(noIdentity)
    const request = deliveries.make({ payload })
    const { tried, runs } = await countRuns(examination, 1, async () => {
      const first = await examination.sendValid({ what: 'a delivery', request })
      const second = await examination.sendValid({ what: 'its first repetition', request })
      return [first, second, await examination.sendValid({ what: 'its second repetition', request })]
    })
    const judgement = judgeRuns(runs, 1, tried, 'runs-twice')
    if (judgement.verdict === 'fail') return judgement
    const again = tried.slice(1)
    const open = explainUndecided(examination, again)
    if (open) return open
    const refused = again.filter(({ reply }) => !isAccepted(reply))
    if (refused.length > 0) return fail('refuses-repetition', listProbes(refused))
    const fresh = await examination.freshDeliveries()
    examination.distinguishesRepetitions = again.every(({ reply }) => isRecognised(reply, fresh))
    return judgeByAnswers(examination, judgement, tried, 'runs-twice')
  },
}
