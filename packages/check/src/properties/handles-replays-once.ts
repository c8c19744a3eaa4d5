import { randomUUID } from 'node:crypto'
import { countRuns } from '../count-runs.js'
import { editHeader } from '../deliveries/edit-proof.js'
import { identityOf, idHeader, signsId } from '../deliveries/scheme-traits.js'
import { judgeByAnswers, judgeRuns } from '../judge-runs.js'
import { notApplicable, type Property } from '../property.js'

/** Who captured a delivery can send it under another id, where the id is not signed. */
export const handlesReplaysOnce: Property = {
  name: 'handles-replays-once',
  says: 'handles a delivery once that comes again under another unsigned id',
  hiddenBy: ['runs-twice'],
  judge: async (examination) => {
    const { deliveries, scheme } = examination
    const header = idHeader(scheme)
    const payload = deliveries.payload()
    if (header === undefined || signsId(scheme)) return notApplicable('no delivery id goes unsigned')
    if (identityOf(scheme, payload) !== 'signed')
      return notApplicable('no signed id tells one event from another')
    const first = deliveries.make({ payload })
    const replay = editHeader(first, header, () => randomUUID())
    const { tried, runs } = await countRuns(examination, 1, async () => [
      await examination.valid({ what: 'a delivery', request: first }),
      await examination.valid({ what: 'its replay', request: replay }),
    ])
    return judgeByAnswers(examination, judgeRuns(runs, 1, tried, 'runs-replays'), tried, 'runs-replays')
  },
}
