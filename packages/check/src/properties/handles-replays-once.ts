import { randomUUID } from 'node:crypto'
import { countRuns } from '../count-runs.js'
import { editHeader } from '../deliveries/edit-proof.js'
import { classifyIdentity, idHeader, signsId } from '../deliveries/scheme-traits.js'
import { judgeByAnswers, judgeRuns } from '../judge-runs.js'
import { notApplicable, type Property } from '../property.js'

/** An attacker who captured a delivery can send it with another id, unless the id is signed. */
export const handlesReplaysOnce: Property = {
  name: 'handles-replays-once',
  says: 'handles a delivery once, even if it is repeated with another unsigned id',
  hiddenBy: ['runs-twice'],
  judge: async (examination) => {
    const { deliveries, scheme } = examination
    const header = idHeader(scheme)
    const payload = deliveries.payload()
    if (header === undefined || signsId(scheme))
      return notApplicable('the scheme has no unsigned delivery id')
    if (classifyIdentity(scheme, payload) !== 'signed')
      return notApplicable('no signed id identifies an event')
    const first = deliveries.make({ payload })
    const replay = editHeader(first, header, () => randomUUID())
    const { tried, runs } = await countRuns(examination, 1, async () => [
      await examination.sendValid({ what: 'a delivery', request: first }),
      await examination.sendValid({ what: 'its replay', request: replay }),
    ])
    return judgeByAnswers(examination, judgeRuns(runs, 1, tried, 'runs-replays'), tried, 'runs-replays')
  },
}
