import { keyChanges } from '../deliveries/known-keys.js'
import { judgeRefused } from '../judge-replies.js'
import type { Property } from '../property.js'

export const refusesKnownKeys: Property = {
  name: 'refuses-known-keys',
  says: 'refuses what is signed with no key, or with one that everybody knows',
  hiddenBy: ['accepts-forged'],
  judge: async (examination) => {
    const { scheme, secret, deliveries } = examination
    const [empty, ...guesses] = keyChanges(scheme, secret).map(({ what, fault, change }) => ({
      fault,
      probe: { what, request: change(deliveries.make(), deliveries) },
    }))
    const tried = await examination.allRefused([empty, ...guesses].flatMap((key) => (key ? [key.probe] : [])))
    const judgement = judgeRefused(examination, tried.slice(0, 1), 'accepts-empty-key')
    return judgement.verdict === 'fail'
      ? judgement
      : judgeRefused(examination, tried, 'accepts-guessable-key')
  },
}
